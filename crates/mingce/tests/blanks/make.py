from docx import Document
from docx.shared import Pt
from docx.oxml.ns import qn
from docx.oxml import OxmlElement
import sys
out=sys.argv[1] if len(sys.argv) > 1 else '.'
# A: label|value table, other order, python-docx empty cells
d=Document(); d.add_heading('志愿者情况登记表',1); d.add_paragraph('填报单位：            填表日期：    年  月  日')
rows=[('性别','男□ 女□','姓名',''),('政治面貌','','出生年月','    年    月'),('入党时间','','所在党支部',''),('民族','','身高','      cm'),
 ('身份证号','','联系电话',''),('专业特长','','文化程度',''),('工作单位及职务','','E-mail',''),('家庭住址','','邮政编码','______')]
t=d.add_table(0,4); t.style='Table Grid'
for r in rows:
    c=t.add_row().cells
    for x,y in zip(c,r): x.text=y
def wide(label,text):
    c=t.add_row().cells; m=c[1].merge(c[3]); c[0].text=label; m.text=text
wide('服务意向','（ ）尊老服务 （ ）爱幼志愿服务 （ ）帮农民工服务 （ ）助残服务 （ ）其他服务')
wide('交通补贴','○手机充值  ○自行领取  ○爱心募捐')
wide('可参加志愿服务时间','□双休日 □节假日 □随时可以 □其他时间________')
wide('志愿服务经历','')
c=t.add_row().cells; c[0].text='配偶姓名'; c[2].text='联系电话'
c=t.add_row().cells; c[0].text='备注'
d.add_paragraph('签名：            年   月   日')
d.save(out+'/table.docx')
# B: paragraphs
d=Document(); d.add_paragraph('党员志愿者登记表')
d.add_paragraph('姓名：________  性别：________  出生年月：____年__月')
p=d.add_paragraph('身份证号码：'); r=p.add_run('                    '); r.underline=True; p.add_run('  手机：'); r=p.add_run('            '); r.underline=True
d.add_paragraph('工作单位：                    职务：          ')
d.add_paragraph('服务意向：□尊老服务 □爱幼志愿服务 □帮农民工服务 □助残服务')
d.add_paragraph('交通补贴：手机充值[ ] 自行领取[ ] 爱心募捐[ ]')
d.add_paragraph('紧急联系人姓名：________  电话：________')
d.save(out+'/lines.docx')
# C: placeholders, split
d=Document(); p=d.add_paragraph('兹证明 {{姓'); p.add_run('名').bold=True; p.add_run('}}（{{sex}}），手机 {{手机}}，系 {{工作单位及职务}}，参加 {{服务意向}}。{{不认识}}')
d.save(out+'/placeholders.docx')
# roster
d=Document(); d.add_heading('志愿者花名册',1); d.add_paragraph('填报单位：XX    填报人：')
t=d.add_table(1,9); t.style='Table Grid'
for x,y in zip(t.rows[0].cells,['序号','姓名','性别','出生年月','民族','工作单位及职务','联系电话','尊老服务','助残服务']): x.text=y
for i in range(4):
    c=t.add_row().cells; c[0].text=str(i+1)
c=t.add_row().cells; m=c[0].merge(c[8]); m.text='备注：本表一式两份'
d.add_paragraph('审核人：')
d.save(out+'/roster.docx')
