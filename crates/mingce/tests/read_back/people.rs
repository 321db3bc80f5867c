//! People nobody knows, with answers as people write them.

use mingce::{Field, Scheme};
use proptest::prelude::*;

/// The answers of one person: field and text.
pub(crate) type Person = Vec<(Field, String)>;

/// A person who gives these answers.
pub(crate) fn with_answers<const N: usize>(answers: [(Field, &str); N]) -> Person {
    answers.map(|(field, text)| (field, text.to_owned())).to_vec()
}

/// ID numbers of people who do not exist, with what they say of sex and birth.
pub(crate) const NUMBERS: [&str; 3] = ["329901198506120013", "329901198506120021", "32990119580612002X"];

/// A text of one line as people write it: no blanks at its ends, not a word for "no answer".
fn words(most: usize) -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "长塘村", "会计", "书法", "、", "（兼）", "(2)", "A", "&", "<b>", "：", ":", "，", "1", "23", "√", "□", "“好”", "；", "/", "-",
        "党员", "负责人",
    ]);
    prop::collection::vec(pieces, 0..most)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("says something", |text| text.is_empty() || text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)))
}

fn lines(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(words(most).prop_filter("no empty line", |line| !line.is_empty()), 0..4).prop_map(|lines| lines.join("\n"))
}

fn options(field: Field, fewest: usize, most: usize) -> impl Strategy<Value = String> {
    let labels: Vec<String> = Scheme::built_in().options(field).iter().map(|option| option.label.to_string()).collect();
    let most = most.min(labels.len());
    prop::sample::subsequence(labels, fewest..=most).prop_map(|labels| labels.join("、"))
}

/// Anybody: of whom as little or as much is known as people write into a form.
pub(crate) fn person() -> impl Strategy<Value = Person> {
    let texts = (
        words(4),
        words(4),
        words(6),
        words(8),
        words(4),
        words(8),
        prop::sample::select(vec!["", "本科", "大专（函授）", "研究生/硕士"]),
        lines(30),
    );
    let choices = (
        options(Field::Subsidy, 1, 1),
        options(Field::Services, 1, 4),
        options(Field::Occupation, 0, 1),
        options(Field::Availability, 0, 3),
        prop::option::of("周[一二三四五]晚上|农闲时[、，]随叫随到|[1-9]月（上旬）"),
    );
    let name = "[赵钱孙李][一-龥]{1,3}|阿依·古丽";
    let joined = prop::sample::select(vec!["", "2008.07", "1978.12", "入党积极分子"]);
    let contacts =
        (prop::sample::select(vec!["", "13800000001", "19912345678"]), prop::sample::select(vec!["", "0519-86310000", "86310000"]));
    (name, prop::option::of(prop::sample::select(NUMBERS.to_vec())), texts, choices, joined, contacts).prop_map(
        |(name, number, texts, choices, joined, contacts)| {
            let availability = match choices.4 {
                Some(other) if choices.3.is_empty() => format!("其他时间：{other}"),
                Some(other) => format!("{}、其他时间：{other}", choices.3),
                None => choices.3,
            };
            let own = if number.is_none() { [(Field::Sex, "女"), (Field::Birth, "1990.10")].to_vec() } else { Vec::new() };
            own.into_iter()
                .map(|(field, text)| (field, text.to_owned()))
                .chain([
                    (Field::Name, name),
                    (Field::IdNumber, number.unwrap_or("").to_owned()),
                    (Field::Specialty, texts.0),
                    (Field::Major, texts.1),
                    (Field::Employer, texts.2),
                    (Field::Address, texts.3),
                    (Field::Position, texts.4),
                    (Field::District, texts.5),
                    (Field::Education, texts.6.to_owned()),
                    (Field::Experience, texts.7),
                    (Field::Subsidy, choices.0),
                    (Field::Services, choices.1),
                    (Field::Occupation, choices.2),
                    (Field::Availability, availability),
                    (Field::JoinedParty, joined.to_owned()),
                    (Field::Mobile, contacts.0.to_owned()),
                    (Field::Phone, contacts.1.to_owned()),
                ])
                .collect()
        },
    )
}
