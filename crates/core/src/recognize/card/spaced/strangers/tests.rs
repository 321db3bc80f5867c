use std::ops::Range;

use super::super::labels as labels_in;
use crate::recognize::card::label::Meaning;
use crate::recognize::labels::Labels;
use crate::scheme::Scheme;

/// What is read in a line, in which `[` and `]` stand for the ends of an underline: `手机=138…`, and `?民族=汉` of nobody's.
fn read(line: &str) -> Vec<String> {
    let (mut text, mut underlined, mut start) = (String::new(), Vec::<Range<usize>>::new(), 0);
    for c in line.chars() {
        match c {
            '[' => start = text.len(),
            ']' => underlined.push(start..text.len()),
            _ => text.push(c),
        }
    }
    let scheme = Scheme::built_in();
    let shown = |sign: &str, words: Range<usize>, place: Range<usize>| {
        let is_line = |c: char| c == '_' || c.is_whitespace();
        format!("{sign}{}={}", text[words].trim_matches(is_line), text[place].trim_matches(is_line))
    };
    labels_in(&Labels::of(&scheme), &text, &underlined, true)
        .into_iter()
        .map(|meaning| match meaning {
            Meaning::Label { words, rest, .. } => shown("", words, rest.unwrap_or_default()),
            Meaning::Unclaimed(words, place) => shown("?", words, place),
            Meaning::Foreign(_) => "!".into(),
        })
        .collect()
}

fn assert_read(cases: &[(&str, &[&str])]) {
    for (line, expected) in cases {
        assert_eq!(read(line), *expected, "{line}");
    }
}

#[test]
fn a_label_of_nobody_ends_the_answer_before_it() {
    assert_read(&[
        ("手机 __13800001111__ 民族 __汉__ 性别 _男_", &["手机=13800001111", "?民族=汉", "性别=男"]),
        ("手机__13800001111__民族__汉族__性别__男__", &["手机=13800001111", "?民族=汉族", "性别=男"]),
        ("手机[  13800001111   ]  民族[  汉   ]  邮编[  213149   ]", &["手机=13800001111", "?民族=汉", "邮编=213149"]),
        ("手机[ 13800001111 ]民族[ 汉 ]血型[ B型 ]邮编[ 213149 ]", &["手机=13800001111", "?民族=汉", "?血型=B型", "邮编=213149"]),
        ("手机 [13800001111]  T恤尺码 [XL]  职务 [会计]", &["手机=13800001111", "?T恤尺码=XL", "职务=会计"]),
        ("手机 __13800001111__ 民族 汉 性别 __男__", &["手机=13800001111", "?民族=汉", "性别=男"]),
        ("手机 13800001111 民族 __汉__ 性别 __男__", &["手机=13800001111", "?民族=汉", "性别=男"]),
        ("姓名 __张三__ 籍贯 __常州__ 性别 __男__", &["姓名=张三", "?籍贯=常州", "性别=男"]),
        ("姓名 张三____  车牌号 苏D12345____  手机 13800001111____", &["姓名=张三", "?车牌号=苏D12345", "手机=13800001111"]),
        ("家庭住址[ 长塘村 ]车牌号[ 苏D12345 ]", &["家庭住址=长塘村", "?车牌号=苏D12345"]),
        ("工作单位__长塘村委会__常用语言__普通话__", &["工作单位=长塘村委会", "?常用语言=普通话"]),
        ("T恤尺码____XL  身份证号____3299  手机____138", &["?T恤尺码=XL", "身份证号=3299", "手机=138"]),
        ("姓名 [Tom]  微信号 [wx-abc]  身份证号 [3299]", &["姓名=Tom", "?微信号=wx-abc", "身份证号=3299"]),
        ("手机[ 138   ]  微信号[  wx-abc   ]", &["手机=138", "?微信号=wx-abc"]),
        ("血型 __B型__ 民族 __汉__ 姓名 __张三__", &["?血型=B型", "?民族=汉", "姓名=张三"]),
        ("血型[ B型 ]  T恤尺码[ XL ]", &["?血型=B型", "?T恤尺码=XL"]),
    ]);
}

#[test]
fn an_empty_place_before_a_label_of_nobody_stays_empty() {
    assert_read(&[
        ("职务[      ]  民族[  汉   ]  性别[ 男 ]", &["职务=", "?民族=汉", "性别=男"]),
        ("职务 ______ 民族 ______ 性别 ______", &["职务=", "?民族=", "性别="]),
        ("职务 ____ 车牌号 __苏D12345__ 性别 __男__", &["职务=", "?车牌号=苏D12345", "性别=男"]),
        ("手机__13800001111__\t职务____\t常用语言____\t", &["手机=13800001111", "职务=", "?常用语言="]),
    ]);
}

#[test]
fn an_answer_with_its_underline_in_pieces_is_one_answer() {
    assert_read(&[
        ("姓名 __ 张三 __ 性别 __ 男 __", &["姓名=张三", "性别=男"]),
        ("姓名 __ 张三 __ 民族 __ 汉 __ 性别 __男__", &["姓名=张三", "?民族=汉", "性别=男"]),
        ("姓名[  ]张三[   ]  民族[  ]汉[   ]  性别[ 男 ]", &["姓名=张三", "?民族=汉", "性别=男"]),
        ("姓名[ 张][三  ] 性别[ 男 ]", &["姓名=张三", "性别=男"]),
        ("家庭住址[ 长塘村]三组[12号 ] 手机[13800001111]", &["家庭住址=长塘村三组12号", "手机=13800001111"]),
        ("出生年月 __1959__ 年 __5__ 月 性别 __男__", &["出生年月=1959__ 年 __5__ 月", "性别=男"]),
        ("家庭住址 __江苏__ 省 __常州__ 市 手机 __13800001111__", &["家庭住址=江苏__ 省 __常州__ 市", "手机=13800001111"]),
        ("家庭住址__江苏__省__常州__市 手机__13800001111__", &["家庭住址=江苏__省__常州__市", "手机=13800001111"]),
        ("交通补贴 手机充值__√__ 自行领取____ 现金____", &["交通补贴=手机充值__√__ 自行领取____ 现金"]),
    ]);
}

#[test]
fn behind_a_label_of_somebody_else_the_line_is_theirs() {
    assert_read(&[("姓名 __张三__ 配偶姓名 __李四__ 手机 __13900001111__", &["姓名=张三", "!", "!"])]);
}
