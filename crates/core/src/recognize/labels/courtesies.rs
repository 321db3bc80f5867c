//! What a question says around its label: 请填写您的姓名, 您的性别是.

/// Before it.
const POLITE_BEGINNINGS: [&str; 65] = [
    "是否愿意参加", "是否愿意参与", "是否参加", "是否参与", "能否参加", "请填写", "请输入", "请选择", "请上传", "请问", "请", "填写",
    "输入", "选择", "您的", "你的", "本人", "我的", "您", "你", "现在的", "目前的", "现在", "目前", "希望参加的", "希望参与的",
    "愿意参加的", "愿意参与的", "想参加的", "想参与的", "拟参加的", "可参加的", "参加的", "具体", "希望参加", "希望参与", "愿意参加",
    "愿意参与", "想参加", "意向参加的", "以下哪些", "以下哪种", "下列哪些", "哪些", "哪种", "哪类", "以何种方式领取", "以哪种方式领取",
    "以什么方式领取", "希望", "以下", "下列", "自愿参加", "自愿", "申报以下", "申报下列", "申报的", "参加以下", "参加下列", "报名参加",
    "选择以下", "有什么", "第二代", "二代", "有效",
];
/// Behind it.
const POLITE_ENDINGS: [&str; 14] =
    ["是什么时候", "是什么时间", "是什么", "是多少", "是哪些", "是哪里", "是哪个", "是何时", "有哪些", "填写", "情况", "是", "为", "?"];

/// The folded label without them.
pub(super) fn without_courtesies(folded: &str) -> &str {
    let mut rest = folded;
    while let Some(shorter) = POLITE_BEGINNINGS.iter().find_map(|beginning| rest.strip_prefix(beginning)) {
        rest = shorter;
    }
    while let Some(shorter) = POLITE_ENDINGS.iter().find_map(|ending| rest.strip_suffix(ending)) {
        rest = shorter;
    }
    rest
}
