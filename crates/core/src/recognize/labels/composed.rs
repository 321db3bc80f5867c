//! Labels put together of the words that ask for a service, for when somebody has time, or for what somebody has done: every office
//! says it another way (可提供的服务项目, 志愿服务岗位意向, 方便的时间), and no list holds them all.

use crate::scheme::{Field, Scheme};

/// A kind of labels: all of a label is words of `any`, and one of each of the groups in `needed` is among them.
struct Composition {
    field: Field,
    needed: &'static [&'static [&'static str]],
    any: &'static [&'static str],
}

/// What somebody does when signing up for something.
const SIGNING_UP: [&str; 35] = [
    "愿意", "希望", "自愿", "意愿", "意向", "志愿", "认领", "报名", "申请", "申报", "填报", "选报", "选择", "选定", "可以", "能够", "提供",
    "参加", "参与", "加入", "从事", "承担", "拟", "想", "愿", "可", "能", "选", "报", "所", "本人", "个人", "哪些", "哪项", "何种",
];

const COMPOSITIONS: [Composition; 3] = [
    Composition {
        field: Field::Services,
        needed: &[
            &["服务"],
            &[
                "项目", "内容", "类别", "类型", "种类", "岗位", "方向", "意向", "意愿", "愿意", "希望", "提供", "认领", "愿", "想", "拟",
                "可", "能",
            ],
        ],
        any: &["服务", "项目", "内容", "类别", "类型", "种类", "岗位", "方向", "活动", "工作", "党员", "者", "的"],
    },
    Composition {
        field: Field::Availability,
        needed: &[&["时间", "时段"], &["服务", "可以", "可", "能", "空闲", "空余", "业余", "闲暇", "方便", "有空", "支配", "安排"]],
        any: &["时间", "时段", "段", "服务", "空闲", "空余", "业余", "闲暇", "方便", "有空", "支配", "安排", "者", "的"],
    },
    Composition {
        field: Field::Experience,
        needed: &[&["志愿服务", "志愿者", "志愿活动", "公益"], &["经历", "经验", "履历", "曾", "过"]],
        any: &[
            "志愿服务", "志愿者", "志愿活动", "公益", "服务", "活动", "工作", "经历", "经验", "履历", "情况", "曾经", "曾", "过", "以往",
            "过往", "主要", "的",
        ],
    },
];

/// What the folded label asks for, if it is put together of such words alone.
pub(super) fn field(folded: &str, scheme: &Scheme) -> Option<Field> {
    const LONGEST: usize = 16;
    if folded.chars().count() > LONGEST {
        return None;
    }
    COMPOSITIONS.iter().find(|composition| scheme.has(composition.field) && composition.fits(folded)).map(|composition| composition.field)
}

impl Composition {
    fn fits(&self, folded: &str) -> bool {
        // nearly no text of a sheet has them
        let has_needed = self.needed.iter().all(|group| group.iter().any(|word| folded.contains(word)));
        has_needed && self.is_made_of_them(folded, &vec![false; self.needed.len()])
    }

    /// Whether the rest is words of these, and a word of each group that is needed is among them or was found before.
    fn is_made_of_them(&self, rest: &str, found: &[bool]) -> bool {
        if rest.is_empty() {
            return found.iter().all(|is_found| *is_found);
        }
        let words = self.any.iter().chain(&SIGNING_UP).chain(self.needed.iter().copied().flatten());
        for word in words {
            let Some(behind) = rest.strip_prefix(word) else { continue };
            let mut with = found.to_vec();
            with.iter_mut().zip(self.needed).for_each(|(is_found, group)| *is_found |= group.contains(word));
            if self.is_made_of_them(behind, &with) {
                return true;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_by_what_they_are_put_together_of() {
        let scheme = Scheme::built_in();
        for (label, expected) in [
            ("可提供的服务项目", Some(Field::Services)),
            ("能提供的服务", Some(Field::Services)),
            ("志愿服务岗位意向", Some(Field::Services)),
            ("愿意参加哪些服务", Some(Field::Services)),
            ("认领的服务项目", Some(Field::Services)),
            ("志愿服务类型", Some(Field::Services)),
            ("希望从事的志愿服务", Some(Field::Services)),
            ("方便的时间", Some(Field::Availability)),
            ("志愿服务时间段", Some(Field::Availability)),
            ("可参与服务的时间", Some(Field::Availability)),
            ("曾参加过的志愿服务活动", Some(Field::Experience)),
            ("志愿服务工作经历", Some(Field::Experience)),
            ("服务", None),
            ("志愿服务", None),
            ("服务单位", None),
            ("服务对象", None),
            ("服务时长", None),
            ("服务地点", None),
            ("参加时间段", None),
            ("参加工作时间", None),
            ("申请时间", None),
            ("工作经历", None),
            ("志愿服务队", None),
            ("志愿服务次数", None),
        ] {
            assert_eq!(field(label, &scheme), expected, "{label}");
        }
    }
}
