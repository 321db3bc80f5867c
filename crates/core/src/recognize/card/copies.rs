//! Second copies of a form: 正表 and 存根 below or beside each other, both about the same person.

use super::{Card, FEWEST_LABELS, Form, Slot, repeats, slots};
use crate::grid::Grid;
use crate::recognize::Target;
use crate::scheme::Field;
use crate::text::is_blank_character;

/// What a line says above a copy that is kept or torn off.
const COPIES: [&str; 12] = ["存根", "副本", "副联", "副表", "正表", "正本", "正联", "回执", "留存", "备查", "第二联", "第一联"];

/// Whether an empty form is a second copy of another: it asks for the name and for little that the other does not ask for, and says
/// that it is a copy, or stands on the same sheet or page and asks for most of the same. A form under which others are asked is none.
pub(super) fn is_copy(part: &Form, of: &Form, grids: &[&Grid]) -> bool {
    let asked = |form: &Form, slot: &Slot| slots(form).any(|other| other.target == slot.target);
    let Some((position, name)) = name_of(part) else { return false };
    let Some(grid) = grids.get(position) else { return false };
    let is_other = name_of(of).is_some_and(|(other, first)| other != position || first.label_at != name.label_at);
    let own = slots(part).count();
    let shared = slots(part).filter(|slot| asked(of, slot)).count();
    let is_close = page_of(part, grids) == page_of(of, grids);
    let is_most = (is_close && shared * 5 >= slots(of).count() * 3) || says_copy(name, position, grids);
    let is_open = repeats::is_empty(name, grid) && slots(part).all(|slot| slot.marks.iter().all(|mark| !mark.ticked));
    is_other && shared * 3 >= own * 2 && is_most && is_open && !repeats::is_of_others(name, position, grids, grid)
}

fn name_of(form: &Form) -> Option<(usize, &Slot)> {
    form.iter().find_map(|(position, card)| Some((*position, card.slot(Field::Name)?)))
}

/// Whether the line above these words, or one beside them, says that a copy is kept; it may be the last one before their table.
fn says_copy(name: &Slot, position: usize, grids: &[&Grid]) -> bool {
    const LINES: usize = 3;
    let own = grids.get(position).into_iter().flat_map(|grid| grid.rows().filter(|row| row.number() <= name.label_at.row));
    let before = position.checked_sub(1).and_then(|before| grids.get(before)?.rows().next_back());
    let rows: Vec<_> = before.into_iter().chain(own).collect();
    rows.iter().rev().take(LINES).any(|row| row.cells().any(|cell| is_copy_title(cell.text)))
}

/// Whether a line says that a copy is kept or torn off.
pub(super) fn is_copy_line(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !is_blank_character(*c)).collect();
    COPIES.iter().any(|word| bare.contains(word))
}

/// Whether a text is a line that says so, and no sentence about it.
fn is_copy_title(text: &str) -> bool {
    const LONGEST: usize = 24;
    is_copy_line(text) && text.chars().filter(|c| !is_blank_character(*c)).count() <= LONGEST
}

/// Leaves each copy out where all forms of these grids come in as many copies, adding to the first what a later one asks besides.
pub(super) fn leave(forms: &mut Vec<Form>, grids: &[&Grid]) {
    if forms.len() < 2 {
        return;
    }
    let Some(each) = copies_of_each(forms, grids).filter(|each| *each > 1) else { return };
    let all = std::mem::take(forms);
    for (position, form) in all.into_iter().enumerate() {
        match forms.last_mut() {
            Some(first) if position % each != 0 => add_rest(first, form),
            _ => forms.push(form),
        }
    }
}

/// How many copies there are of every form; `None` where they differ.
fn copies_of_each(forms: &[Form], grids: &[&Grid]) -> Option<usize> {
    let first = forms.first()?;
    let each = 1 + forms.iter().skip(1).take_while(|form| is_same(form, first, grids)).count();
    let is_group = |group: &[Form]| group.len() == each && group[1..].iter().all(|form| is_same(form, &group[0], grids));
    forms.chunks(each).all(is_group).then_some(each)
}

/// Whether both say the same wherever both ask, and enough of it to be the same person's; on another page, one of them says that it is
/// a copy.
fn is_same(form: &Form, first: &Form, grids: &[&Grid]) -> bool {
    let says_so = |form: &Form| name_of(form).is_some_and(|(position, name)| says_copy(name, position, grids));
    if page_of(form, grids) != page_of(first, grids) && !says_so(form) && !says_so(first) {
        return false;
    }
    let mut same = 0;
    let is_written = |slot: &Slot, position: usize| grids.get(position).is_some_and(|grid| !answer(slot, grid).is_empty());
    if !name_of(form).is_some_and(|(position, name)| is_written(name, position)) {
        return false;
    }
    for (position, card) in form {
        for slot in &card.slots {
            let Some((other_position, other)) = found(first, slot.target) else { continue };
            let (Some(grid), Some(other_grid)) = (grids.get(*position), grids.get(other_position)) else { return false };
            if answer(slot, grid) != answer(other, other_grid) || ticked(slot) != ticked(other) {
                return false;
            }
            same += usize::from(!answer(slot, grid).is_empty());
        }
    }
    same >= FEWEST_LABELS
}

/// The page that a form begins on; a sheet is one page.
fn page_of(form: &Form, grids: &[&Grid]) -> Option<u32> {
    let (position, card) = form.first()?;
    let row = card.slots.iter().map(|slot| slot.label_at.row).min()?;
    Some(grids.get(*position)?.page_of(row))
}

fn found(form: &Form, target: Target) -> Option<(usize, &Slot)> {
    form.iter().find_map(|(position, card)| Some((*position, card.slots.iter().find(|slot| slot.target == target)?)))
}

/// What is written in a slot, without blanks: the copies may be laid out differently.
fn answer(slot: &Slot, grid: &Grid) -> String {
    let text = |at, place: std::ops::Range<usize>| grid.cell(at).and_then(|cell| cell.text.get(place).map(str::to_owned));
    let first = text(slot.answer_at, slot.place.clone()).unwrap_or_default();
    let letters = slot.letters.iter().filter_map(|at| grid.cell(*at).map(|cell| cell.text.to_owned()));
    let whole: String = std::iter::once(first).chain(letters).collect();
    whole.chars().filter(|c| !is_blank_character(*c)).collect()
}

fn ticked(slot: &Slot) -> Vec<Option<u16>> {
    slot.marks.iter().filter(|mark| mark.ticked).map(|mark| mark.option).collect()
}

/// Adds what a copy asks for and the first does not.
fn add_rest(first: &mut Form, copy: Form) {
    for (position, card) in copy {
        let rest: Vec<Slot> = card.slots.into_iter().filter(|slot| found(first, slot.target).is_none()).collect();
        // a part that asks for nothing new may still show the photo
        let rest = Card { slots: rest, strangers: card.strangers, ..Card::default() };
        match first.last_mut() {
            Some((last, part)) if *last == position => {
                part.slots.extend(rest.slots);
                part.strangers.extend(rest.strangers);
            }
            _ => first.push((position, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::address::Column;
    use crate::grid::{Grid, Kind, Origin};
    use crate::recognize::Recognizer;
    use crate::scheme::{Field, Scheme};

    fn grid(rows: &[&[&str]], origin: Origin) -> Grid {
        let mut builder = Grid::builder(origin);
        for (number, cells) in (1..).zip(rows) {
            builder.start_row(number, false).expect("room");
            for (column, text) in (1..).zip(*cells) {
                builder.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
            }
        }
        builder.facts().column_widths = (1..=4).filter_map(|column| Some((Column::new(column)?, 8.0))).collect();
        let mut grid = builder.finish();
        grid.edge = Column::new(4);
        grid
    }

    const ROWS: [&[&str]; 3] = [&["姓名", "", "性别", ""], &["手机", "", "学历", ""], &["身份证号码", ""]];

    #[test]
    fn a_second_copy_of_a_blank_is_filled_and_another_persons_form_is_not() {
        let scheme = Scheme::built_in();
        let recognizer = Recognizer::new(&scheme);
        let short: [&[&str]; 2] = [&["姓名", "", "手机", ""], &["身份证号码", ""]];
        for (between, second, expected) in [
            ("存根", &ROWS[..], vec!["B5", "D5", "B6", "D6", "B7"]),
            ("", &ROWS[..], vec!["B5", "D5", "B6", "D6", "B7"]),
            ("回执（由审核单位留存）", &short[..], vec!["B5", "D5", "B6"]),
            ("配偶", &ROWS[..], vec![]),
            ("紧急联系人", &short[..], vec![]),
        ] {
            let line = [between];
            let rows: Vec<&[&str]> = ROWS.iter().copied().chain([&line[..]]).chain(second.iter().copied()).collect();
            let grid = grid(&rows, Origin::Sheet);
            let forms = recognizer.forms([&grid]);
            let again: Vec<String> = recognizer.repeats(&forms[0], [&grid]).iter().map(|(_, slot)| slot.answer_at.to_string()).collect();
            assert_eq!(again, expected, "{between}");
        }
    }

    #[test]
    fn copies_that_say_the_same_are_one_form() {
        let scheme = Scheme::built_in();
        let recognizer = Recognizer::new(&scheme);
        let person = |name, mobile| -> [Vec<&'static str>; 2] {
            [vec!["姓名", name, "性别", "男"], vec!["手机", mobile, "学历", "大专"]]
        };
        for (people, expected) in [
            (&[("张三", "13800000001"), ("张三", "13800000001")][..], 1),
            (&[("张三", "13800000001"), ("张三", "13800000002")], 2),
            (&[("张三", "13800000001"), ("张三", "13800000001"), ("李四", "13800000002"), ("李四", "13800000002")], 2),
            // one form given twice among others is for the rule of duplicates
            (&[("张三", "13800000001"), ("张三", "13800000001"), ("李四", "13800000002")], 3),
            (&[("", ""), ("", "")], 2),
        ] {
            let rows: Vec<Vec<&str>> = people.iter().flat_map(|(name, mobile)| person(name, mobile)).collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            assert_eq!(recognizer.forms([&grid(&rows, Origin::Sheet)]).len(), expected, "{people:?}");
        }
    }

    #[test]
    fn a_label_of_two_answers_asks_for_both() {
        let scheme = Scheme::built_in();
        let recognizer = Recognizer::new(&scheme);
        let grid = grid(&[&["姓名/性别", "张三/男", "手机/QQ", ""], &["学历／专业", "大专 会计", "身份证号码", ""]], Origin::Word);
        let forms = recognizer.forms([&grid]);
        let card = &forms[0][0].1;
        for (field, at) in [(Field::Name, "B1"), (Field::Sex, "B1"), (Field::Qq, "D1"), (Field::Major, "B2")] {
            assert_eq!(card.slot(field).map(|slot| slot.answer_at.to_string()).as_deref(), Some(at), "{field:?}");
        }
        // two words for how to reach somebody ask for one number
        assert!(!matches!(recognizer.target("手机/电话"), Some(crate::recognize::Target::Combined(_))));
    }
}
