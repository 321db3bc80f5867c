//! How many of each unit's members volunteer, in words that can be forwarded as they stand.

use std::fmt::Write as _;

use mingce::{MembersReport, Report, UnitReport};

use crate::output::shown;

/// Most names of people who have not registered that are listed.
const MOST_NAMES: usize = 50;

/// The section; empty where nothing is known of members.
pub(super) fn render(report: &Report<'_>) -> String {
    let mut text = String::new();
    if report.units.iter().any(|unit| unit.members.is_some()) {
        let _ = writeln!(text, "参与情况（{} 个单位）", report.units.len());
        for unit in report.units {
            let _ = writeln!(text, "  {}", of_unit(unit));
        }
    }
    if let Some(members) = report.members {
        let _ = writeln!(text, "{}", of_members(members));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// One unit: what it has, and what it lacks.
fn of_unit(unit: &UnitReport) -> String {
    let name = shown(&unit.unit);
    let activists = if unit.activists > 0 { format!("，另有入党积极分子 {} 人", unit.activists) } else { String::new() };
    let volunteers = match unit.volunteers {
        0 => "还没有党员报名".to_owned(),
        volunteers => format!("党员志愿者 {volunteers} 人"),
    };
    match (unit.members, unit.ratio, unit.shortfall) {
        (Some(members), Some(ratio), Some(0)) => {
            format!("{name}：党员 {members} 人，{volunteers}，占 {}，达到要求{activists}", percent(ratio))
        }
        (Some(members), Some(ratio), Some(shortfall)) => {
            format!("{name}：党员 {members} 人，{volunteers}，占 {}，没有达到要求，还差 {shortfall} 人{activists}", percent(ratio))
        }
        _ => format!("{name}：不知道党员总数，算不出比例，{volunteers}{activists}"),
    }
}

fn of_members(members: &MembersReport) -> String {
    let (known, missing) = (members.known, members.unregistered.len());
    if missing == 0 {
        return format!("党员花名册上的 {known} 人都已登记");
    }
    let names: Vec<String> = members.unregistered.iter().take(MOST_NAMES).map(|name| shown(name)).collect();
    let more = if missing > MOST_NAMES { "……" } else { "" };
    format!("党员花名册上有 {known} 人，还有 {missing} 人没有登记：{}{more}", names.join("、"))
}

/// A share cut and not rounded: 49.9 % is not half.
fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0 + 1e-6).floor() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_in_a_sentence() {
        let unit = |members, volunteers, activists, ratio, shortfall: Option<usize>| UnitReport {
            unit: "长塘村".into(),
            members,
            volunteers,
            activists,
            ratio,
            met: shortfall.map(|shortfall| shortfall == 0),
            shortfall,
        };
        for (unit, expected) in [
            (unit(Some(40), 20, 0, Some(0.5), Some(0)), "长塘村：党员 40 人，党员志愿者 20 人，占 50%，达到要求"),
            (
                unit(Some(41), 20, 2, Some(20.0 / 41.0), Some(1)),
                "长塘村：党员 41 人，党员志愿者 20 人，占 48.7%，没有达到要求，还差 1 人，另有入党积极分子 2 人",
            ),
            (unit(Some(3), 0, 0, Some(0.0), Some(2)), "长塘村：党员 3 人，还没有党员报名，占 0%，没有达到要求，还差 2 人"),
            (unit(None, 3, 0, None, None), "长塘村：不知道党员总数，算不出比例，党员志愿者 3 人"),
        ] {
            assert_eq!(of_unit(&unit), expected);
        }
    }

    #[test]
    fn who_has_not_registered_is_named() {
        let members = |missing: &[&str]| MembersReport { known: 57, unregistered: missing.iter().map(|name| (*name).into()).collect() };
        assert_eq!(of_members(&members(&[])), "党员花名册上的 57 人都已登记");
        assert_eq!(of_members(&members(&["张三", "李四"])), "党员花名册上有 57 人，还有 2 人没有登记：张三、李四");
    }
}
