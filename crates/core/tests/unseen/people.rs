//! Invented people, each with an answer to every field.

use mingce_core::grid::Kind;
use mingce_core::scheme::{Field, Scheme};
use proptest::prelude::*;

/// The fields that a person has answers to, choices last; 姓名 first.
pub(crate) const FIELDS: [Field; 22] = [
    Field::Name,
    Field::Sex,
    Field::Birth,
    Field::IdNumber,
    Field::Mobile,
    Field::Education,
    Field::Major,
    Field::Specialty,
    Field::Employer,
    Field::Position,
    Field::Address,
    Field::Email,
    Field::Qq,
    Field::Postcode,
    Field::Height,
    Field::District,
    Field::JoinedParty,
    Field::Branch,
    Field::Experience,
    Field::Subsidy,
    Field::Services,
    Field::Availability,
];

/// A person nobody knows.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    name: String,
    /// Year, month and day.
    birth: [u16; 3],
    /// The last three digits before the check digit; an odd number is a man's.
    sequence: u16,
    mobile: String,
    /// Year and month.
    joined: [u16; 2],
    /// What picks one of each list of words.
    pick: usize,
    subsidy: usize,
    /// Places among the options.
    services: Vec<usize>,
    availability: Vec<usize>,
    /// What the person did not answer.
    left_out: Vec<Field>,
}

/// Fields that many people leave out.
const OPTIONAL: [Field; 10] = [
    Field::Major,
    Field::Specialty,
    Field::Position,
    Field::Address,
    Field::Email,
    Field::Qq,
    Field::Postcode,
    Field::Height,
    Field::District,
    Field::Experience,
];

/// So many people, all different.
pub(crate) fn people(number: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Person>> {
    prop::collection::vec(person(), number).prop_map(|mut people| {
        for (place, person) in people.iter_mut().enumerate() {
            // one surname and one telephone a person: nobody is taken for another
            person.name.insert(0, ['赵', '钱', '孙', '李', '周', '吴', '郑', '冯', '陈', '卫', '蒋', '沈', '韩', '杨', '朱', '秦'][place]);
            person.mobile = format!("138{place:02}{}", &person.mobile[5..]);
        }
        people
    })
}

fn person() -> impl Strategy<Value = Person> {
    let given = prop::sample::select(vec!["国", "秀英", "志强", "桂兰", "海燕", "永福", "雪梅", "家豪", "思远"]);
    let birth = [1945..2002_u16, 1..13, 1..29];
    let left_out = prop::sample::subsequence(OPTIONAL.to_vec(), 0..4);
    let choices = (0..3_usize, prop::sample::subsequence(vec![0, 1, 2, 3], 1..=4), prop::sample::subsequence(vec![0, 1, 2], 1..=3));
    (given, birth, 1..900_u16, "138[0-9]{8}", [20..24_u16, 1..13], any::<u16>(), choices, left_out).prop_map(
        |(given, birth, sequence, mobile, [age, month], pick, (subsidy, services, availability), left_out)| Person {
            name: given.to_owned(),
            birth,
            sequence,
            mobile,
            joined: [birth[0] + age, month],
            pick: usize::from(pick),
            subsidy,
            services,
            availability,
            left_out,
        },
    )
}

impl Person {
    /// The places of the options chosen, among those of the scheme.
    pub(crate) fn chosen(&self, field: Field) -> Vec<usize> {
        match field {
            Field::Subsidy => vec![self.subsidy],
            Field::Services => self.services.clone(),
            Field::Availability => self.availability.clone(),
            _ => Vec::new(),
        }
    }

    /// The answer as documents print it.
    pub(crate) fn printed(&self, field: Field, scheme: &Scheme) -> String {
        let one = |words: &[&str]| words[self.pick % words.len()].to_owned();
        if self.left_out.contains(&field) {
            return String::new();
        }
        match field {
            Field::Name => self.name.clone(),
            Field::Sex => if self.sequence % 2 == 1 { "男" } else { "女" }.to_owned(),
            Field::Birth => format!("{}.{:02}", self.birth[0], self.birth[1]),
            Field::IdNumber => self.id_number(),
            Field::Mobile => self.mobile.clone(),
            Field::Education => one(&["大学", "大专", "高中", "硕士研究生", "初中", "本科（函授）"]),
            Field::Major => one(&["会计", "护理", "计算机应用", "汉语言文学"]),
            Field::Specialty => one(&["书法", "唱歌、跳舞", "水电维修", "理发", "无"]),
            Field::Employer => one(&["长塘村村委会", "西湖社区居委会", "常州绿洲电子有限公司", "春江小学", "退休"]),
            Field::Position => one(&["会计", "主任", "教师", "工程师", "网格员", "村民组长（兼）"]),
            Field::Address => one(&["长塘村1组12号", "西湖花园2幢301室", "春江路88号3单元502"]),
            Field::Email => format!("u{}@example.com", &self.mobile[6..]),
            Field::Qq => format!("9{}", &self.mobile[3..]),
            Field::Postcode => one(&["213100", "213149"]),
            Field::Height => one(&["158", "175", "181"]),
            Field::District => one(&["西湖街道", "武进区"]),
            Field::JoinedParty => format!("{}.{:02}", self.joined[0], self.joined[1]),
            Field::Branch => one(&["长塘村第一党支部", "西湖社区党支部", "机关支部"]),
            Field::Experience => one(&["2013年参加清洁家园活动", "2012年起，担任社区志愿者。", "无偿献血三次；参加交通文明岗", "无"]),
            Field::Subsidy | Field::Services | Field::Availability => {
                let options = scheme.options(field);
                self.chosen(field).iter().map(|place| options[*place].label.as_str()).collect::<Vec<_>>().join("、")
            }
            _ => String::new(),
        }
    }

    /// The answer as somebody typed it, in the way of this number; every number has one.
    pub(crate) fn typed(&self, field: Field, way: usize, scheme: &Scheme) -> (Kind, String) {
        let [year, month, day] = self.birth;
        let text = |text: String| (Kind::Text, text);
        match field {
            Field::Birth => match way % 7 {
                0 => text(format!("{year}.{month}")),
                1 => text(format!("{year}年{month}月")),
                2 => text(format!("{year}-{month:02}-{day:02}")),
                3 => (Kind::Date, format!("{year}-{month:02}-{day:02}")),
                4 => (Kind::Number, format!("{year}{month:02}")),
                5 => text(format!("{year}/{month}/{day}")),
                _ => text(format!("{year}{month:02}{day:02}")),
            },
            Field::JoinedParty => match way % 3 {
                0 => text(format!("{}年{}月", self.joined[0], self.joined[1])),
                1 => text(format!("{}-{:02}", self.joined[0], self.joined[1])),
                _ => (Kind::Date, format!("{}-{:02}-01", self.joined[0], self.joined[1])),
            },
            Field::Name if way % 3 == 1 && self.name.chars().count() == 2 => {
                text(self.name.chars().map(String::from).collect::<Vec<_>>().join("　"))
            }
            Field::Mobile => match way % 4 {
                0 => (Kind::Number, self.mobile.clone()),
                1 => text(format!("{} {} {}", &self.mobile[..3], &self.mobile[3..7], &self.mobile[7..])),
                2 => text(format!("{}-{}-{}", &self.mobile[..3], &self.mobile[3..7], &self.mobile[7..])),
                _ => text(self.mobile.clone()),
            },
            Field::IdNumber if way % 4 == 1 => {
                let number = self.id_number();
                text(format!("{} {} {}", &number[..6], &number[6..14], &number[14..]))
            }
            Field::Qq | Field::Postcode | Field::Height if way.is_multiple_of(2) => (Kind::Number, self.printed(field, scheme)),
            Field::Services | Field::Availability => {
                let joint = ["、", "，", "；", "┋", "/", "\n", " ", "+"][way % 8];
                text(self.printed(field, scheme).replace('、', joint))
            }
            _ => text(self.printed(field, scheme)),
        }
    }

    /// The number with its check digit (GB 11643-1999); the prefix is nobody's.
    fn id_number(&self) -> String {
        let first = format!("329901{}{:02}{:02}{:03}", self.birth[0], self.birth[1], self.birth[2], self.sequence);
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        let sum: usize = first.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
        format!("{first}{}", char::from(b"10X98765432"[sum % 11]))
    }
}
