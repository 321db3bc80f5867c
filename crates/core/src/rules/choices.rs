//! 交通补贴, 服务意向, 职业类型 and 可参加时间: one option, one or more, any.
//!
//! Source: annex 1 ("仅能限选一项"); 常西科委发〔2014〕24号, 四、组建程序 3 ("申报1个以上服务项目").

use crate::diagnostic::Code;
use crate::recognize::Target;
use crate::register::{Reading, UNCLEAR, is_tick, read_choice};
use crate::scheme::{Field, FieldSpec, OptionSpec};
use crate::value::{Choice, Choices};

pub(crate) fn read(reading: &mut Reading<'_>) {
    for field in [Field::Subsidy, Field::Services, Field::Occupation, Field::Availability] {
        let Some(spec) = reading.scheme().spec(field) else { continue };
        let (choices, unknown) = gather(reading, spec);
        judge(reading, spec, &choices, &unknown);
        let person = &mut reading.person;
        match field {
            Field::Subsidy => person.subsidy = choices,
            Field::Services => person.services = choices,
            Field::Occupation => person.occupation = choices,
            _ => person.availability = choices,
        }
    }
}

/// Words that are no option, and the option in whose own column they stand.
type Unknown = (String, Option<u16>);

/// What the cells of a choice say, put together as they are read.
#[derive(Default)]
struct Gathered {
    /// The options chosen, by their places in the scheme, in the order of the cells.
    places: Vec<u16>,
    other: Vec<String>,
    unknown: Vec<Unknown>,
}

/// Puts together what all cells of the choice say: one cell of words, or a column per option.
fn gather(reading: &mut Reading<'_>, spec: &FieldSpec) -> (Choices, Vec<Unknown>) {
    let mut gathered = Gathered::default();
    let is_answered = reading.is_answered(spec.field);
    for answer in reading.answers() {
        match answer.target {
            Target::Further(field) if field == spec.field && is_answered => {}
            Target::Field(field) | Target::Further(field) if field == spec.field => {
                if let Some(given) = reading.clean(Some(field), answer.kind, answer.text) {
                    gathered.take_words(reading, spec, &given.text);
                }
            }
            Target::Option(field, place) if field == spec.field => {
                if let Some(given) = reading.clean(Some(field), answer.kind, answer.text) {
                    gathered.take_column(spec, place, given.text.into_owned());
                }
            }
            Target::Field(_)
            | Target::Further(_)
            | Target::Combined(_)
            | Target::Option(..)
            | Target::Ticked(_)
            | Target::Mark
            | Target::Split(_)
            | Target::Ignored
            | Target::Unclaimed => {}
        }
    }
    gathered.finish(spec)
}

impl Gathered {
    /// A cell for the whole choice.
    fn take_words(&mut self, reading: &mut Reading<'_>, spec: &FieldSpec, text: &str) {
        // what 问卷星 exports for a question that was left out or not shown
        if matches!(text, "-2" | "-3") {
            return;
        }
        let said = read_choice(spec, text);
        self.places.extend(said.chosen);
        self.other.extend(said.other);
        self.unknown.extend(said.unknown.into_iter().map(|word| (word, None)));
        if !is_as_printed(spec, &self.places, text) {
            reading.note_written(spec.field, text);
        }
    }

    /// A cell of the column that the option at this place has for itself.
    fn take_column(&mut self, spec: &FieldSpec, place: u16, text: String) {
        let Some(option) = spec.options.get(usize::from(place)) else {
            // a column of something else holds its words, or a tick for no words at all: 1 is no word to print
            let something_else = OptionSpec::new("其他");
            match is_tick(&text, spec.other.as_ref().unwrap_or(&something_else)) {
                Some(true) => self.other.push("√".to_owned()),
                Some(false) => {}
                None => self.other.push(text),
            }
            return;
        };
        match is_tick(&text, option) {
            Some(true) => self.places.push(place),
            Some(false) => {}
            None => self.unknown.push((text, Some(place))),
        }
    }

    /// The options in the scheme's order, each once, and the words that are none.
    fn finish(mut self, spec: &FieldSpec) -> (Choices, Vec<Unknown>) {
        self.places.sort_unstable();
        self.places.dedup();
        if !matches!(spec.field, Field::Subsidy | Field::Services) {
            // the notice sets no rule for these two: what is no option is carried beside the options
            self.other.extend(self.unknown.drain(..).map(|(word, _)| word));
        }
        let mut chosen: Vec<Choice> = Vec::with_capacity(self.places.len());
        chosen.extend(self.places.iter().filter_map(|place| spec.options.get(usize::from(*place))).map(OptionSpec::choice));
        (Choices { chosen, other: self.other.join("、").into() }, self.unknown)
    }
}

/// Whether the text is what a document prints of these options: their labels joined by `、`.
fn is_as_printed(spec: &FieldSpec, places: &[u16], text: &str) -> bool {
    let mut rest = text;
    for (position, place) in places.iter().enumerate() {
        let Some(option) = spec.options.get(usize::from(*place)) else { return false };
        let joined = if position == 0 { Some(rest) } else { rest.strip_prefix('、') };
        match joined.and_then(|joined| joined.strip_prefix(option.label.as_str())) {
            Some(behind) => rest = behind,
            None => return false,
        }
    }
    rest.is_empty()
}

fn judge(reading: &mut Reading<'_>, spec: &FieldSpec, choices: &Choices, unknown: &[Unknown]) {
    if !matches!(spec.field, Field::Subsidy | Field::Services) {
        return;
    }
    let options = || spec.options.iter().map(|option| format!("「{}」", option.label)).collect::<String>();
    let rules = reading.scheme().rules;
    let chosen = choices.chosen.len();
    let most = usize::try_from(rules.subsidy_most).unwrap_or(usize::MAX);
    let fewest = usize::try_from(rules.services_fewest).unwrap_or(usize::MAX);
    let label = &spec.label;
    let only_something_else = chosen == 0 && !choices.other.is_empty();
    let unknown = unknown.first().map(|(word, option)| (word.as_str(), *option));
    if let Some((word, option)) = unknown.or(only_something_else.then_some((choices.other.as_str(), None))) {
        if word.starts_with(UNCLEAR) {
            let message = format!("「{label}」的{}", word.replace("之间", "之间，"));
            reading.report(Code::OptionUnknown, spec.field, message, "请紧挨着选中的那一项打勾，或只写选中的那一项");
        } else {
            let message = format!("「{label}」填的「{word}」不是选项，应从{}中选择", options());
            reading.report(Code::OptionUnknown, spec.field, message, "请改成其中的选项；确实要增加选项时，改方案里的 scheme.toml");
        }
        reading.place_at_option(option);
        return;
    }
    match spec.field {
        Field::Subsidy if !reading.is_asked(Field::Subsidy) => {}
        Field::Subsidy if chosen == 0 => {
            let message = format!("「{label}」一项都没选，应从{}中选一项", options());
            reading.report(Code::SubsidyMissing, spec.field, message, "请本人选定一项；不要补贴的选「爱心募捐」");
        }
        Field::Subsidy if chosen > most => {
            let list = choices.chosen.iter().map(Choice::label).collect::<Vec<_>>().join("、");
            let message = format!("「{label}」选了 {chosen} 项（{list}），登记表规定仅能限选 {most} 项");
            reading.report(Code::SubsidyNotSingle, spec.field, message, "请问清本人后只留一项");
        }
        Field::Services if chosen < fewest => {
            let (message, hint) = if reading.is_asked(Field::Services) {
                let message = format!("「{label}」选了 {chosen} 项，通知要求至少选 {fewest} 项，可选{}", options());
                (message, "请问清本人愿意参加哪些服务后补填".to_owned())
            } else {
                let message = format!("表里没有「{label}」这一列，通知要求至少选 {fewest} 项，可选{}", options());
                (message, format!("表里另有这样一列的，请把它的表头改成「{label}」；没有的，请问清本人愿意参加哪些服务后补填"))
            };
            reading.report(Code::ServiceMissing, spec.field, message, &hint);
        }
        _ => {}
    }
}
