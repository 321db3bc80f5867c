//! A TOML text that is read key by key, with the line of everything.
//!
//! The central nouns are [`Source`], which gathers faults, [`Entries`], a table that remembers which keys were asked for
//! (the others are unknown), and [`Item`], one value.

use std::ops::Range;

use compact_str::CompactString;
use toml::de::{DeTable, DeValue};

use super::{Fault, syntax};
use crate::diagnostic::Severity;
use crate::text::fold_label;

type Spanned<T> = toml::Spanned<T>;

/// One of the three files, and the faults found in it so far.
pub(super) struct Source<'t> {
    file: &'static str,
    text: &'t str,
    faults: Vec<Fault>,
}

impl<'t> Source<'t> {
    pub(super) fn new(file: &'static str, text: &'t str) -> Self {
        // Notepad puts a byte order mark in front, which TOML does not know
        Self { file, text: text.strip_prefix('\u{FEFF}').unwrap_or(text), faults: Vec::new() }
    }

    /// The whole document; `None`, with the faults noted, if it is no TOML.
    pub(super) fn parse(&mut self) -> Option<DeTable<'t>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        if errors.is_empty() {
            return Some(table.into_inner());
        }
        let mut last = None;
        for error in errors {
            let span = error.span().unwrap_or(self.text.len()..self.text.len());
            let line = self.line(span.start);
            // the parser goes on after a fault and stumbles over what is left of the line and of its block
            let follows = last.is_some_and(|last: usize| (last..=last + 1).contains(&line));
            last = Some(line);
            if !follows {
                let message = syntax::message(&error, self.text);
                self.fault(span, "", message);
            }
        }
        None
    }

    /// Notes something that keeps the scheme from being used.
    pub(super) fn fault(&mut self, at: Range<usize>, key: impl Into<String>, message: impl Into<String>) {
        self.note(Severity::Error, at, key.into(), message.into());
    }

    /// Notes something that is merely odd.
    pub(super) fn notice(&mut self, at: Range<usize>, key: impl Into<String>, message: impl Into<String>) {
        self.note(Severity::Warning, at, key.into(), message.into());
    }

    fn note(&mut self, severity: Severity, at: Range<usize>, key: String, message: String) {
        let line = self.line(at.start);
        let fault = Fault { severity, file: self.file, line, key, message };
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line(&self, byte: usize) -> usize {
        1 + self.text.bytes().take(byte).filter(|b| *b == b'\n').count()
    }

    /// Everything noted, by line.
    pub(super) fn into_faults(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|fault| fault.line);
        self.faults
    }
}

/// One value, with the key that leads to it and its place.
pub(super) struct Item<'a, 't> {
    /// The key as it is shown, such as `field.name.label`.
    pub(super) path: String,
    /// Where it stands: the key, or for an item of an array the item.
    pub(super) at: Range<usize>,
    value: &'a DeValue<'t>,
}

impl<'a, 't> Item<'a, 't> {
    /// Text.
    pub(super) fn text(&self, source: &mut Source<'_>) -> Option<&'a str> {
        if let DeValue::String(text) = self.value {
            return Some(text.as_ref());
        }
        self.wrong_type(source, "文字，放在英文引号里");
        None
    }

    /// Text that is not blank.
    pub(super) fn words(&self, source: &mut Source<'_>) -> Option<&'a str> {
        let text = self.text(source)?;
        if text.chars().all(crate::text::is_blank_character) {
            source.fault(self.at.clone(), self.path.as_str(), "是空的；请填上文字，或删去这一项");
            return None;
        }
        Some(text)
    }

    /// A finite number.
    pub(super) fn number(&self, source: &mut Source<'_>) -> Option<f64> {
        let number = match self.value {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::Integer(_)
            | DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.wrong_type(source, "数字，不加引号");
        }
        number
    }

    /// A whole number in this range.
    pub(super) fn whole(&self, source: &mut Source<'_>, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
        let found = match self.value {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::Float(_) | DeValue::String(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                self.wrong_type(source, "整数，不加引号");
                return None;
            }
        };
        let number = found.filter(|number| range.contains(number));
        if number.is_none() {
            let message = format!("{}不在范围内，应是 {} 到 {} 的整数", self.shown(), range.start(), range.end());
            source.fault(self.at.clone(), self.path.as_str(), message);
        }
        number
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, source: &mut Source<'_>) -> Option<bool> {
        if let DeValue::Boolean(flag) = self.value {
            return Some(*flag);
        }
        self.wrong_type(source, "true（是）或 false（否），不加引号");
        None
    }

    /// The items of an array.
    pub(super) fn items(&self, source: &mut Source<'_>) -> Vec<Item<'a, 't>> {
        if let DeValue::Array(array) = self.value {
            return array.iter().map(|value| Item { path: self.path.clone(), at: value.span(), value: value.get_ref() }).collect();
        }
        self.wrong_type(source, "方括号 [ ] 里的若干项");
        Vec::new()
    }

    /// Whether it is text; for a key that takes one word or several.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.value, DeValue::String(_))
    }

    /// The texts of an array.
    pub(super) fn texts(&self, source: &mut Source<'_>) -> Vec<(&'a str, Range<usize>)> {
        let items = self.items(source);
        items.into_iter().filter_map(|item| item.words(source).map(|text| (text, item.at))).collect()
    }

    /// The texts of an array, folded as labels are compared.
    pub(super) fn labels(&self, source: &mut Source<'_>) -> Vec<(CompactString, Range<usize>)> {
        self.texts(source).into_iter().map(|(text, at)| (fold_label(text), at)).collect()
    }

    /// A table.
    pub(super) fn entries(&self, source: &mut Source<'_>) -> Option<Entries<'a, 't>> {
        if let DeValue::Table(table) = self.value {
            return Some(Entries::new(self.path.clone(), self.at.clone(), table));
        }
        self.wrong_type(source, "若干「键 = 值」");
        None
    }

    fn wrong_type(&self, source: &mut Source<'_>, expected: &str) {
        let message = format!("写成了{}，这里应是{expected}", self.shown());
        source.fault(self.at.clone(), self.path.as_str(), message);
    }

    /// What was found, in words a clerk knows.
    fn shown(&self) -> String {
        match self.value {
            DeValue::String(text) => format!("文字「{text}」"),
            DeValue::Integer(number) => format!("数字 {number}"),
            DeValue::Float(number) => format!("数字 {number}"),
            DeValue::Boolean(flag) => flag.to_string(),
            DeValue::Datetime(_) => "日期".to_owned(),
            DeValue::Array(_) => "方括号里的若干项".to_owned(),
            DeValue::Table(_) => "若干「键 = 值」".to_owned(),
        }
    }
}

/// A table that is being read; its keys in the order of the text.
pub(super) struct Entries<'a, 't> {
    /// The key that leads to it, empty for the whole document.
    pub(super) path: String,
    /// Where it begins.
    pub(super) at: Range<usize>,
    entries: Vec<(&'a Spanned<std::borrow::Cow<'t, str>>, &'a Spanned<DeValue<'t>>)>,
    asked: Vec<&'static str>,
}

impl<'a, 't> Entries<'a, 't> {
    pub(super) fn new(path: String, at: Range<usize>, table: &'a DeTable<'t>) -> Self {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        Self { path, at, entries, asked: Vec::new() }
    }

    /// The value of this key, which from now on is a known one.
    pub(super) fn item(&mut self, key: &'static str) -> Option<Item<'a, 't>> {
        self.asked.push(key);
        let (found, value) = self.entries.iter().find(|(found, _)| found.get_ref() == key)?;
        Some(Item { path: self.path_of(key), at: found.span(), value: value.get_ref() })
    }

    /// The value of this key; a fault if it is not there.
    pub(super) fn required(&mut self, source: &mut Source<'_>, key: &'static str, example: &str) -> Option<Item<'a, 't>> {
        self.item_or(source, key, || format!("没有写；请加上，例如 {key} = {example}"))
    }

    /// The section of this key; a fault if it is not there.
    pub(super) fn section(&mut self, source: &mut Source<'_>, key: &'static str, header: &str) -> Option<Item<'a, 't>> {
        self.item_or(source, key, || format!("没有这一段；请加上 {header}，可对照 mingce scheme init 写出的文件"))
    }

    fn item_or(&mut self, source: &mut Source<'_>, key: &'static str, message: impl Fn() -> String) -> Option<Item<'a, 't>> {
        let item = self.item(key);
        // a key that is only misspelt is named as unknown, with this one as advice
        let is_misspelt = || self.entries.iter().any(|(found, _)| nearest(found.get_ref(), std::iter::once(key)).is_some());
        if item.is_none() && !is_misspelt() {
            source.fault(self.at.clone(), self.path_of(key), message());
        }
        item
    }

    /// Whether the key stands here, without making it a known one.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(found, _)| found.get_ref() == key)
    }

    /// All keys with their values, in the order of the text; all of them become known.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'a str, Item<'a, 't>)> + '_ {
        self.entries.iter().map(|(key, value)| {
            let name: &'a str = key.get_ref().as_ref();
            (name, Item { path: self.path_of(name), at: key.span(), value: value.get_ref() })
        })
    }

    /// Notes every key that was not asked for, with the nearest that was.
    pub(super) fn finish(self, source: &mut Source<'_>) {
        for (key, _) in &self.entries {
            let name: &str = key.get_ref().as_ref();
            if !self.asked.contains(&name) {
                let advice = match nearest(name, self.asked.iter().copied()) {
                    Some(known) => format!("是不是「{known}」"),
                    None => format!("这里可以写：{}", self.asked.join("、")),
                };
                source.fault(key.span(), self.path_of(name), format!("不认识这个键；{advice}"));
            }
        }
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }
}

/// The known key that this one most likely means.
pub(super) fn nearest<'k>(key: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let allowed = if key.len() < 5 { 1 } else { 2 };
    known
        .map(|candidate| (strsim::damerau_levenshtein(key, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}
