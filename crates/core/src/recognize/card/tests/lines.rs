//! Labels in running lines, and labels that no field claims.

use super::*;

#[test]
fn lines_without_colons_are_read_where_they_read_like_a_form() {
    for (lines, expected) in [
        (&["姓名 __张三__ 性别 _男_", "手机 13800001111", "学历 本科 职务 会计"][..], 5),
        (&["填写姓名 性别时请注意", "手机 号码要写全，不要遗漏", "学历 以毕业证为准。"], 0),
        (&["姓名 性别 手机"], 0),
    ] {
        let rows: Vec<[&str; 1]> = lines.iter().map(|line| [*line]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        let found = find(&grid(&rows, 1), &Scheme::built_in());
        assert_eq!(found.first().map_or(0, |card| card.slots.len()), expected, "{lines:?}");
    }
}

#[test]
fn a_label_broken_over_two_lines_of_a_cell_is_one_label() {
    let rows: [&[&str]; 1] =
        [&["姓名：张三\n身份\n证号：329901198506120013\n移动\n电话：13800000001\nQQ\n号码：999000111\n服务\n意向：助残服务"]];
    assert_eq!(
        answered(&rows, 2, &[Field::Name, Field::IdNumber, Field::Mobile, Field::Services]),
        ["张三", "329901198506120013", "13800000001", "助残服务"]
    );
}

#[test]
fn labels_of_nobody_lose_neither_their_answers_nor_those_beside_them() {
    /// Rows, columns, and what stands behind labels of nobody.
    type Case<'t> = (&'t [&'t [&'t str]], u16, &'t [&'t str]);
    let cases: [Case<'_>; 7] = [
        (
            &[
                &["姓名", "手机", "性别", "邮编"],
                &["张三", "13800000001", "男", "213100"],
                &["微信号", "T恤尺码", "学历", "职务"],
                &["wx-abc", "XL", "大专", "会计"],
            ],
            4,
            &["wx-abc", "XL"],
        ),
        (&[&["姓名：张三\n微信号：wx-abc\n手机：13800000001\n籍贯：江苏常州\n性别：男", ""]], 2, &["wx-abc", "江苏常州"]),
        (&[&["姓名：张三 微信号：wx-abc 手机：13800000001"], &["籍贯：江苏 性别：男"]], 1, &["wx-abc", "江苏"]),
        (
            &[&["宗教信仰：无宗教  姓名：张三"], &["性别：男 T恤尺码：XL"], &["手机：13800000001"], &["婚姻状况：已婚"]],
            1,
            &["无宗教", "XL", "已婚"],
        ),
        (&[&["姓名：张三\nT恤尺码：XL\n手机：13800000001\n性别：男", ""]], 2, &["XL"]),
        (
            &[
                &["姓名", "邮编", "健康状况"],
                &["张三", "213100", "良好"],
                &["性别", "手机", "血型"],
                &["男", "13800000001", "B型"],
                &["交通补贴"],
                &["自行领取"],
            ],
            3,
            &["良好", "B型"],
        ),
        (&[&["姓名", "张三", "健康状况", "良好"], &["手机", "13800000001", "性别", "男"]], 4, &["良好"]),
    ];
    for (rows, columns, expected) in cases {
        let grid = grid(rows, columns);
        let card = only_card(rows, columns);
        let text =
            |at: Address, place: &Range<usize>| grid.cell(at).map(|cell| cell.text[place.clone()].trim().to_owned()).unwrap_or_default();
        let slot = card.slot(Field::Name).expect("a name");
        assert_eq!(text(slot.answer_at, &slot.place), "张三");
        let strangers: Vec<String> = card.strangers.iter().map(|stranger| text(stranger.answer_at, &stranger.place)).collect();
        assert_eq!(strangers, expected, "{rows:?}");
    }
}

#[test]
fn a_line_without_colons_may_begin_with_a_label_of_nobody() {
    let rows: [&[&str]; 3] = [&["姓名 __张三__ 性别 _男_"], &["血型 __B型__ 手机 __13800000001__"], &["学历 __本科__"]];
    let card = only_card(&rows, 1);
    assert_eq!(place(&card, Field::Mobile), format!("A2 {:?}", rows[1][0].find("__138").expect("the number")..rows[1][0].len()));
    assert_eq!(card.strangers.iter().map(|stranger| stranger.label.as_str()).collect::<Vec<_>>(), ["血型"]);
}

#[test]
fn latin_letters_behind_a_colon_are_the_answer_and_no_translation() {
    let rows: [&[&str]; 3] = [&["姓名：Tom 性别：男"], &["职务：CEO 手机：13800000001"], &["学历：大专 E-mail 地址：a@example.com"]];
    let card = only_card(&rows, 1);
    let said = |field| card.slot(field).map(|slot| rows[usize::try_from(slot.answer_at.row).unwrap() - 1][0][slot.place.clone()].trim());
    let fields = [Field::Name, Field::Sex, Field::Position, Field::Mobile, Field::Education, Field::Email];
    assert_eq!(fields.map(said), ["Tom", "男", "CEO", "13800000001", "大专", "a@example.com"].map(Some));
}

#[test]
fn an_answer_that_seems_to_begin_with_a_label_of_nobody_stays_an_answer() {
    for said in ["长塘村：负责人：", "长塘村：会计 手机：换过"] {
        let rows: [&[&str]; 3] = [&["姓名", "张三"], &["志愿服务经历", said], &["手机", "13800000001"]];
        let card = only_card(&rows, 2);
        assert_eq!(place(&card, Field::Experience), format!("B2 {:?}", 0..said.len()));
        assert_eq!(place(&card, Field::Mobile), "B3 0..11");
    }
}

#[test]
fn answers_may_stand_below_their_labels_in_the_same_cell() {
    let rows: [&[&str]; 3] =
        [&["姓名\n张三", "性别\n男", "民族\n汉"], &["手机\n13800000001", "学历\n本科"], &["服务意向\n□尊老服务 ☑助残服务"]];
    assert_eq!(answered(&rows, 3, &[Field::Name, Field::Mobile, Field::Education]), ["张三", "13800000001", "本科"]);
    let card = only_card(&rows, 3);
    let marks = card.slot(Field::Services).expect("a slot").marks.iter();
    assert_eq!(marks.map(|mark| mark.ticked).collect::<Vec<_>>(), [false, true]);
    // where labels have their answers beside them, a second line is no answer
    let rows: [&[&str]; 3] = [&["姓名", "张三", "性别", "男"], &["职务\n级别", "科员", "手机", "13800000001"], &["学历", "本科"]];
    assert!(only_card(&rows, 4).slot(Field::Position).is_none());
}

#[test]
fn what_parts_the_answers_of_a_line_is_part_of_none() {
    for line in [
        "姓名：张三；性别：男；民族：汉族；籍贯：江苏常州；手机：13800000001",
        "姓名：张三，性别：男，民族：汉族，籍贯：江苏常州，手机：13800000001。",
    ] {
        let card = only_card(&[&[line]], 1);
        let said = |field| card.slot(field).map(|slot| line[slot.place.clone()].trim());
        assert_eq!([Field::Name, Field::Sex, Field::Mobile].map(said), ["张三", "男", "13800000001"].map(Some), "{line}");
        let strangers: Vec<&str> = card.strangers.iter().map(|stranger| line[stranger.place.clone()].trim()).collect();
        assert_eq!(strangers, ["汉族", "江苏常州"]);
    }
}

#[test]
fn lines_of_nobodys_labels_alone_are_kept() {
    let rows: [&[&str]; 5] =
        [&["血型：B型  婚姻状况：已婚"], &["姓名：张三"], &["3.民族：汉族"], &["手机：13800000001"], &["T恤尺码：XL\t籍贯：江苏常州"]];
    let card = only_card(&[rows[0], rows[1], rows[2], rows[3], &["性别：男"], rows[4]], 1);
    let labels: Vec<&str> = card.strangers.iter().map(|stranger| stranger.label.as_str()).collect();
    assert_eq!(labels, ["血型", "婚姻状况", "3.民族", "T恤尺码", "籍贯"]);
}

#[test]
fn tabs_draw_the_lines_behind_labels_without_colons() {
    let rows: [&[&str]; 3] = [&["姓  名\t性  别\t"], &["工作单位\t职  务\t"], &["手机\t\t"]];
    let card = only_card(&rows, 1);
    assert_eq!(
        [Field::Name, Field::Sex, Field::Employer, Field::Position, Field::Mobile].map(|field| place(&card, field)),
        ["A1 8..9", "A1 17..18", "A2 12..13", "A2 21..22", "A3 6..8"]
    );
}

#[test]
fn labels_in_brackets_end_the_answers_before_them() {
    let fields = [Field::Name, Field::Sex, Field::Mobile, Field::Services];
    for (rows, expected) in [
        (&["【姓名】张三【性别】女【民族】汉族【手机】13800000001【服务意向】尊老服务"][..], &["民族=汉族"][..]),
        (&["1.［民族］汉族［姓名］张三", "2.［性别］：女，［手机］：13800000001", "3.［服务意向］尊老服务"], &["民族=汉族"]),
        (&["<姓名>张三\n<性别>女\n<籍贯>常州\n<手机>13800000001\n<服务意向>尊老服务"], &["籍贯=常州"]),
        (&["〖姓名〗张三〖性别〗女〖手机〗13800000001", "〖婚姻状况〗已婚", "〖服务意向〗尊老服务、其他【临终关怀】"], &["婚姻状况=已婚"]),
        (
            &["【姓名】张三【性别】女【手机】13800000001", "【紧急联系人】王五【手机】13900000001", "【服务意向】尊老服务"],
            &["紧急联系人=王五", "手机=13900000001"],
        ),
    ] {
        let rows: Vec<[&str; 1]> = rows.iter().map(|row| [*row]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        for columns in [1, 2] {
            let answers = answered(&rows, columns, &fields);
            let services =
                if rows.concat().concat().contains("其他") { "尊老服务、其他【临终关怀】" } else { "尊老服务" };
            assert_eq!(answers, ["张三", "女", "13800000001", services], "{rows:?} {columns}");
            let grid = grid(&rows, columns);
            let card = find(&grid, &Scheme::built_in()).remove(0);
            let said = |stranger: &Stranger| {
                let text = grid.cell(stranger.answer_at).map_or("", |cell| cell.text);
                format!("{}={}", stranger.label, &text[stranger.place.clone()])
            };
            assert_eq!(card.strangers.iter().map(said).collect::<Vec<_>>(), expected, "{rows:?} {columns}");
        }
    }
}

#[test]
fn what_stands_in_brackets_is_a_label_only_where_it_reads_like_one() {
    for text in ["【必填】请如实填写", "〔2014〕24号", "[√]尊老服务 [ ]助残服务", "【注意】限选一项", "{{姓名}}", "参加【单位】活动"]
    {
        let found = find(&grid(&[&["姓名：张三"], &["性别：男"], &["手机：13800000001"], &[text]], 1), &Scheme::built_in());
        assert_eq!((found[0].slots.len(), found[0].strangers.len()), (3, 0), "{text}");
    }
}

#[test]
fn a_label_far_behind_an_experience_is_no_part_of_it() {
    let fields = [Field::Experience, Field::Postcode, Field::Mobile];
    for (line, expected) in [
        ("志愿服务经历：无\t邮编：213100\t手机：13800000001", ["无", "213100", "13800000001"]),
        ("志愿服务经历：2012年 社区    邮编：213100    手机：13800000001", ["2012年 社区", "213100", "13800000001"]),
        ("志愿服务经历：2012年 地点：社区\t负责：接待 手机：13800000001", ["2012年 地点：社区\t负责：接待 手机：13800000001", "", ""]),
    ] {
        assert_eq!(answered(&[&["姓名：张三  性别：男"], &["职务：会计"], &[line]], 1, &fields), expected, "{line}");
    }
}

#[test]
fn labels_right_behind_an_answer_are_told_by_their_colons() {
    let fields = [Field::Name, Field::Sex, Field::Mobile, Field::Address, Field::JoinedParty];
    for (row, expected) in [
        ("姓名：张三性别：男民族：汉族手机：13800000001家庭住址：长塘村1组", ["张三", "男", "13800000001", "长塘村1组", ""]),
        ("婚姻状况：已婚姓名：张三性别：男手机：13800000001", ["张三", "男", "13800000001", "", ""]),
        // another label may end in the words of one of ours
        ("姓名：张三性别：男手机：13800000001首次入党时间：2005.06", ["张三", "男", "13800000001首次入党时间：2005.06", "", ""]),
        (
            "姓名：张三\n性别：男\n手机：13800000001\n家庭住址：长塘村1组\n二、志愿意向\n服务意向：尊老服务",
            ["张三", "男", "13800000001", "长塘村1组", ""],
        ),
        ("姓名：张三性别：男手机：13800000001 服务意向：尊老服务：是 爱幼志愿服务：否", ["张三", "男", "13800000001", "", ""]),
        ("姓名：张三性别：男手机：13800000001紧急联系人电话：13900000001", ["张三", "男", "13800000001", "", ""]),
    ] {
        for columns in [1, 2] {
            assert_eq!(answered(&[&[row]], columns, &fields), expected, "{row}");
        }
    }
}

#[test]
fn a_stretch_of_lines_that_asks_for_nothing_of_ours_is_kept_with_the_form_beside_it() {
    let form: &[&[&str]] = &[&["姓名：张三"], &["性别：男"], &["手机：13800000001"]];
    for (lines, expected) in [
        (&[&["婚姻状况：已婚"][..]][..], 1),
        (&[&["补充信息"], &["民族：汉族 籍贯：江苏常州"], &["血型：O型"]], 3),
        (&[&["附件：1.登记表"]], 0),
        (&[&["填报日期：2014年4月30日"]], 0),
        (&[&["各党支部："], &["请认真填写，按时上报。"]], 0),
    ] {
        let (box_of_text, lines) = (grid(lines, 1), grid(form, 1));
        for grids in [[&box_of_text, &lines], [&lines, &box_of_text]] {
            let forms = find_across(grids, &Labels::of(&Scheme::built_in()));
            assert_eq!(forms.len(), 1);
            assert_eq!(forms[0].iter().map(|(_, card)| card.strangers.len()).sum::<usize>(), expected, "{grids:?}");
        }
    }
}

#[test]
fn a_word_for_the_person_that_a_blank_parts_from_a_label_is_the_answer_before() {
    let rows: [&[&str]; 3] = [&["姓名：张三  性别：男"], &["手机：13800000001  本人职务：主任"], &["工作单位：成员    现任职务："]];
    let fields = [Field::Employer, Field::Position];
    assert_eq!(answered(&rows[..2], 2, &fields), ["", "主任"]);
    assert_eq!(answered(&[rows[0], rows[2]], 2, &fields), ["成员", ""]);
}

#[test]
fn latin_letters_behind_the_comma_of_a_list_are_the_answer_s() {
    let fields = [Field::Employer, Field::Position, Field::Qq];
    let rows: [&[&str]; 2] = [&["姓名 张三 性别 男"], &["工作单位 组员、AA 职务 主任 手机 13800000001、QQ 999000111"]];
    assert_eq!(answered(&rows, 2, &fields), ["组员、AA", "主任", "999000111"]);
}

#[test]
fn labels_in_quotes_may_have_a_list_of_options_as_their_answer() {
    for [open, close] in ["「」", "《》"].map(|pair| [0, 1].map(|at| pair.chars().nth(at).unwrap())) {
        let quoted = |label: &str| format!("{open}{label}{close}");
        let line = ["姓名", "张三", "手机", "13800000001", "服务意向", "尊老服务、爱幼志愿服务、帮农民工服务、助残服务"];
        let line: String = line.chunks(2).map(|pair| quoted(pair[0]) + pair[1]).collect();
        assert_eq!(
            answered(&[&[&line]], 1, &[Field::Mobile, Field::Services]),
            ["13800000001", "尊老服务、爱幼志愿服务、帮农民工服务、助残服务"]
        );
    }
    let said = [["「服务意向」选了 0 项，通知要求至少选 1 项，可选「尊老服务」", "「手机」「1380」不是 11 位"]];
    let said: Vec<&[&str]> = said.iter().map(|row| &row[..]).collect();
    assert!(find(&grid(&said, 2), &Scheme::built_in()).iter().all(|card| card.slots.is_empty()));
}

#[test]
fn a_number_before_the_next_label_is_the_answer_and_counts_nothing() {
    for line in ["身高： 170    特长： 唱歌", "身高： 170 特长： 唱歌", "身高：170 特长：唱歌"] {
        let rows: [&[&str]; 3] = [&["姓名： 张三    性别： 男"], &[line], &["手机： 13800000001"]];
        assert_eq!(answered(&rows, 1, &[Field::Height, Field::Specialty]), ["170", "唱歌"], "{line}");
    }
}

#[test]
fn a_measure_in_brackets_before_the_next_label_keeps_its_answer() {
    for line in ["身高（cm）： 160     QQ：1234567", "身高（cm）：160 QQ：1234567", "身高(厘米)：　160　　QQ： 1234567"]
    {
        let rows: [&[&str]; 3] = [&["姓名： 张三    性别： 男"], &[line], &["手机： 13800000001"]];
        assert_eq!(answered(&rows, 1, &[Field::Height, Field::Qq]), ["160", "1234567"], "{line}");
    }
}
