import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMarking, findMarkingInName, markingRefusal } from './secretMarking.ts'

const marked = [
  '绝密★30年',
  '机密★',
  '秘密★10年',
  '机密 ★ 长期',
  '机　密★５年',
  '秘\u200b密★1年',
  '秘密☆',
  '秘密*5年',
  '秘密*',
  '工作秘密★3年',
  '密级:机密',
  '密级：秘密',
  '密 级 ： 绝 密',
  '密级 秘密',
  '密级\t机密',
  '密级:【秘密】',
  '【密级】机密',
  '保密等级:机密',
  '秘密等级：秘密',
  '文号 1 密级:机密 份号 000001',
  '绝密',
  '机 密',
  '秘密 10年',
  '【机密】关于召开会议的通知',
  '(秘密)会议纪要',
  '份号:000001\n机密★20年\n特急',
  '关于某事项的报告\r\n秘密\r\n示例矿业集团',
]

const clean = [
  '保密委员会召开会议',
  '表决方式:秘密投票',
  '采用无记名(秘密投票)方式',
  '秘密',
  '无记名\n秘密',
  '保守党的秘密,执行党的决定',
  '严守国家秘密和工作秘密',
  '密级:公开',
  '密级：无',
  '密级:内部资料',
  '密级分为绝密、机密、秘密三级',
  '密级:绝密、机密、秘密',
  '学习了“绝密★”“机密★”和“秘密★”的区别'.replaceAll('”“', '”、“'),
  '机密文件由保密室统一管理',
  '机密性、完整性、可用性',
  '密级为秘密的文件应当登记',
  '商业秘密保护制度',
  '评分:★★★★★',
  '★ 本次会议重点',
  '秘密战线上的英雄',
  '保密级别的划分',
  '2024年5月 学习《中华人民共和国保守国家秘密法》',
  '* 秘密 * 投票',
]

describe('a secrecy marking', () => {
  it.each(marked)('is found in %j', (text) => expect(findMarking(text)).toBeDefined())
  it.each(clean)('is not seen in %j', (text) => expect(findMarking(text)).toBeUndefined())

  it('is found wherever it stands in a text, with its line, and the refusal repeats nothing else', () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\p{C}\p{Zl}\p{Zp}绝机秘密级]/gu, ''))
    fc.assert(
      fc.property(fc.array(line), fc.array(line), fc.constantFrom('机密★20年', '密级:秘密', '绝密★'), (before, after, mark) => {
        const found = findMarking([...before, mark, ...after].join('\n'))
        expect(found).toEqual({ level: mark.match(/绝密|机密|秘密/)![0], line: before.length + 1 })
      }),
    )
    expect(markingRefusal('文件', findMarking('王某某\n机密★')!)).toMatch(/^文件第 2 行带有“机密”标志/)
  })

  it('is found in file names and not in ordinary ones', () => {
    expect(['【机密】方案.docx', '秘密★.pdf', '绝密-名单.xlsx', '(秘密)纪要.doc'].map(findMarkingInName)).toEqual([
      '机密',
      '秘密',
      '绝密',
      '秘密',
    ])
    expect(['保密承诺书.docx', '秘密投票办法.pdf', '2025年台账.xlsx'].map(findMarkingInName)).toEqual([undefined, undefined, undefined])
  })

  it('is searched quickly in large texts', () => {
    const text = `${'党员大会按期召开,密 级 '.repeat(80_000)}\n`.repeat(2)
    const started = performance.now()
    expect(findMarking(text)).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
