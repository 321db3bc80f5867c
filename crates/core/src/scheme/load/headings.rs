//! The headings under which collected sheets carry the fields, and those that only look like them.

use crate::scheme::{Field, FieldSpec, Scheme};
use crate::text::fold_label;

/// Headings as people write them, by the field that claims them.
#[rustfmt::skip]
const CLAIMED: &[(Field, &[&str])] = &[
    (Field::Seq, &["序号", "编号", "序 号", "No.", "NO", "顺序号"]),
    (Field::Name, &["姓名", "名字", "真实姓名", "您的姓名", "中文姓名", "党员姓名", "志愿者姓名", "姓   名", "报名人", "name", "1、姓名（必填）*"]),
    (Field::Sex, &["性别", "性 别", "男/女", "您的性别", "gender", "Sex"]),
    (Field::Birth, &["出生年月", "出生日期", "出生时间", "生日", "出生年月日", "出生", "出生年/月", "生年月", "出生年月（岁）", "出生\n年月"]),
    (Field::JoinedParty, &["入党时间", "入党日期", "入党年月", "何时入党", "加入中国共产党时间", "加入党组织日期", "入党（团）时间", "党员发展时间"]),
    (Field::Education, &["学历", "文化程度", "最高学历", "最高文化程度", "教育程度", "学历层次", "学历学位", "全日制学历", "在职学历", "文化"]),
    (Field::Major, &["专业", "所学专业", "专业名称", "毕业院校及专业", "专业方向", "主修专业"]),
    (Field::Specialty, &["特长", "个人特长", "专长", "擅长", "技能特长", "专业特长", "服务特长", "兴趣爱好", "有何特长"]),
    (Field::IdNumber, &["身份证号", "身份证号码", "身份证", "证件号码", "证件号", "身份号码", "居民身份证号码", "公民身份号码", "身份证件号", "ID"]),
    (Field::Mobile, &["手机", "手机号", "手机号码", "移动电话", "手机号（长号）"]),
    (Field::Phone, &["单位电话", "办公电话", "办公座机", "座机", "固定电话", "固话", "办电"]),
    (Field::Email, &["电子邮箱", "电子邮件", "邮箱", "邮箱地址", "E-mail", "Email", "邮件", "常用邮箱", "QQ邮箱", "ＱＱ 邮箱"]),
    (Field::Qq, &["QQ", "QQ号", "QQ号码", "腾讯QQ", "Q Q", "Ｑ Ｑ", "qq号", "QQ/微信"]),
    (Field::Employer, &["工作单位", "单位", "单位名称", "所在单位", "单位全称", "现工作单位", "工作或学习单位", "部门", "公司"]),
    (Field::Position, &["职务", "职位", "岗位", "行政职务", "职务职称", "职务（岗位名称）", "任职"]),
    (Field::Address, &["家庭住址", "住址", "家庭地址", "现住址", "居住地址", "联系地址", "通讯地址", "居住小区"]),
    (Field::District, &["所在城区", "城区", "所在区", "所属区", "所在地区", "区县", "所在街道", "所在社区", "现居住地"]),
    (Field::Postcode, &["邮编", "邮政编码", "邮 编", "家庭邮编", "Zip"]),
    (Field::Height, &["身高", "身高cm", "身高（cm）", "身 高", "身高/厘米"]),
    (Field::Subsidy, &["交通补贴", "补贴方式", "补贴领取方式", "交通补助", "交通费发放方式"]),
    (Field::Services, &["服务意向", "志愿服务项目", "服务项目", "服务类别", "意向服务", "报名项目", "志愿服务意向", "认领岗位", "服务内容"]),
    (Field::Availability, &["可参加志愿服务时间", "服务时间", "可服务时间", "空闲时间", "参加时间", "时间安排"]),
    (Field::Occupation, &["职业类型", "人员类别", "人员类型", "身份类别", "职业"]),
    (Field::Experience, &["志愿服务经历", "服务经历", "志愿经历", "曾参加的志愿服务", "参加志愿服务情况"]),
    (Field::Photo, &["照片", "相片", "一寸照", "免冠照", "近照", "电子照片", "证件照", "贴照片处", "照片处", "照片粘贴处", "粘贴照片处",
        "贴相片处", "一寸照片", "1寸照片", "二寸照片", "2寸照片", "小二寸照片", "免冠照片", "近期照片", "近期免冠照片", "一寸免冠照片", "一寸近照",
        "二寸免冠照片", "近期一寸免冠照片", "彩色照片"]),
    (Field::Branch, &["所在党支部", "党支部", "支部", "党组织", "所属党组织", "所在支部名称", "组织关系所在支部"]),
    (Field::PartyStatus, &["政治面貌"]),
];

/// Headings that nobody claims for sure.
#[rustfmt::skip]
const UNCLAIMED: &[&str] = &[
    "申请入党时间", "转正时间", "上级党委审批时间", "列为积极分子时间", "户籍地址", "配偶姓名", "父亲姓名", "紧急联系人电话", "入党介绍人", "填表人",
    "负责人电话", "曾用名", "微信号", "短号", "填报单位", "备注", "联系电话", "联系方式", "联系号码",
];

fn claims(spec: &FieldSpec, heading: &str) -> bool {
    let folded = fold_label(heading);
    fold_label(&spec.label) == folded || spec.aliases.contains(&folded)
}

#[test]
fn every_heading_is_claimed_by_its_field_alone() {
    let scheme = Scheme::built_in();
    for (field, headings) in CLAIMED {
        for heading in *headings {
            let found: Vec<Field> = scheme.fields.iter().filter(|spec| claims(spec, heading)).map(|spec| spec.field).collect();
            assert_eq!(found, [*field], "{heading}");
        }
    }
    for heading in ["工作单位及职务", "单位及职务", "单位职务", "单位和职务", "工作单位、职务", "现任职务"]
    {
        assert!(super::link::claimant(&scheme, heading).is_some_and(|(label, _)| label == "工作单位及职务"), "{heading}");
    }
}

#[test]
fn look_alikes_are_claimed_by_nobody() {
    let scheme = Scheme::built_in();
    for heading in UNCLAIMED {
        assert_eq!(super::link::claimant(&scheme, heading), None, "{heading}");
    }
}

#[test]
fn headings_that_content_settles_name_the_mobile_first() {
    let scheme = Scheme::built_in();
    for heading in ["电话", "联系电话", "联系方式", "联系号码"] {
        let folded = fold_label(heading);
        let found: Vec<Field> = scheme.fields.iter().filter(|spec| spec.ambiguous.contains(&folded)).map(|spec| spec.field).collect();
        assert_eq!(found, [Field::Mobile, Field::Phone], "{heading}");
    }
}
