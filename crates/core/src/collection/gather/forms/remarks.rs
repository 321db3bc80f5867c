//! What is remarked of single forms: how choices were read from their looks, what is struck out, whose telephone it is.

use std::sync::Arc;

use compact_str::CompactString;

use super::{Collection, Form, Slot, without_blanks};
use crate::address::Address;
use crate::grid::Grid;
use crate::scheme::Field;

/// Which form of an input a remark is about; nothing where a document holds no other.
pub(super) fn in_words(sheet: Option<&str>, number: Option<u32>) -> String {
    let sheet = sheet.map_or(String::new(), |sheet| format!("工作表「{sheet}」"));
    let number = number.map_or(String::new(), |number| format!("第 {number} 份登记表"));
    sheet + &number
}

impl Collection<'_> {
    /// Says what somebody may want to know of how this form was read; `which` names it.
    pub(super) fn remark_form(&mut self, file: &Arc<str>, form: &Form, grids: &[&Grid], which: &str) {
        let slots: Vec<&Slot> = form.iter().flat_map(|(_, card)| &card.slots).collect();
        self.remark_looks(file, &slots, which);
        self.remark_crossed(file, form, grids, which);
        self.remark_behind_others(file, form, which);
    }

    /// Says that a choice with boxes was read by what is struck out of it, or could not be read as all options look alike.
    fn remark_looks(&mut self, file: &Arc<str>, slots: &[&Slot], which: &str) {
        type Remark = (fn(&Slot) -> bool, &'static str);
        const REMARKS: [Remark; 5] = [
            (|slot| slot.left_unstruck, "的方框都没有打勾，划去了一些选项，没有划去的算选中"),
            (|slot| slot.is_left_without_box, "的方框都没有打勾，有的选项没有方框，没有方框的算选中；不是这个意思的，请在选中的方框里打勾"),
            (|slot| slot.has_lost_boxes, "的方框都没有打勾，有的选项又没有方框，看不出选的是哪几项，当作没有选；请在选中的选项旁打勾"),
            (|slot| slot.is_taken_back, "整格划了删除线，当作没有选；要的请在原表里去掉删除线"),
            (|slot| slot.all_set_apart, "没有打勾，各选项的样子（下划线、加粗、颜色）又都一样，看不出选的是哪几项，请打勾"),
        ];
        for (is_so, remark) in REMARKS {
            for slot in slots.iter().filter(|slot| is_so(slot)) {
                self.add_remark(file, format!("{which}「{}」{remark}", without_blanks(&slot.label)));
            }
        }
    }

    /// Says of a telephone or a post right behind another person that it was taken for the person's own.
    fn remark_behind_others(&mut self, file: &Arc<str>, form: &Form, which: &str) {
        for (_, card) in form {
            let others = card.strangers.iter().filter(|stranger| self.recognizer.names_another(&stranger.label));
            let others: Vec<(Address, CompactString)> = others.map(|other| (other.label_at, without_blanks(&other.label))).collect();
            for slot in card.slots.iter().filter(|slot| slot.target.is_asked_of_others()) {
                let is_between = |other: &Address, at: &Address| *other < *at && *at < slot.label_at;
                let labels = || card.slots.iter().map(|slot| slot.label_at).chain(card.strangers.iter().map(|stranger| stranger.label_at));
                let before = others.iter().rfind(|(at, _)| *at < slot.label_at && !labels().any(|label| is_between(at, &label)));
                let Some((_, other)) = before else { continue };
                let label = without_blanks(&slot.label);
                let text = format!("{which}「{label}」排在「{other}」后面，按本人的读取；如果是对方的，请把栏目改成「{other}{label}」");
                self.add_remark(file, text);
            }
        }
    }

    /// Says which answers are struck out as a whole, although they are read.
    fn remark_crossed(&mut self, file: &Arc<str>, form: &Form, grids: &[&Grid], which: &str) {
        let mut labels: Vec<String> = Vec::new();
        for (position, card) in form {
            let Some(grid) = grids.get(*position) else { continue };
            let is_crossed = |slot: &&Slot| {
                let cell = grid.cell(slot.answer_at).filter(|cell| cell.look.is_crossed);
                let is_choice = slot.target.field().is_some_and(Field::is_choice);
                !is_choice && cell.is_some_and(|cell| cell.text.get(slot.place.clone()).is_some_and(|text| !text.is_empty()))
            };
            labels.extend(card.slots.iter().filter(is_crossed).map(|slot| format!("「{}」", without_blanks(&slot.label))));
        }
        if !labels.is_empty() {
            self.add_remark(file, format!("{which}{}填的内容划了删除线，照样读取；不要的请在原表里删去", labels.concat()));
        }
    }
}
