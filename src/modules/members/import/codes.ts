import type { Standing } from '../contract.ts'

/** The nations of GB/T 3304-1991 in the order of their codes: the first is 01. */
export const nations = [
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族',
  '土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族',
  '柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族',
  '乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族',
].flatMap((line) => line.split(' '))

/** A cell such as `01 汉族`, `01-汉族` or `汉族` taken apart; a cell without a name has the empty string there. */
export const codedValue = (text: string): { code: string | null; name: string } => {
  const plain = text.normalize('NFKC').trim()
  const match = /^([0-9A-Za-z]{1,6})[\s\-_.、:|]*(\D.*)?$/s.exec(plain)
  return match ? { code: match[1]!, name: (match[2] ?? '').trim() } : { code: null, name: plain }
}

/** What became of a written nation: its standard name, and whether the code beside it says something else. */
export const readNation = (text: string): { name: string; disagrees: boolean } | null => {
  const { code, name } = codedValue(text)
  const byCode = code && /^\d{1,2}$/.test(code) ? nations[Number(code) - 1] : undefined
  if (name === '') return byCode ? { name: byCode, disagrees: false } : null
  const written = nations.find((nation) => nation === name || nation === `${name}族`)
  return written ? { name: written, disagrees: byCode !== undefined && byCode !== written } : null
}

const standings: Record<string, Standing> = {
  正式党员: 'fullMember',
  正式: 'fullMember',
  中共正式党员: 'fullMember',
  预备党员: 'probationaryMember',
  预备: 'probationaryMember',
  中共预备党员: 'probationaryMember',
  发展对象: 'developmentTarget',
  入党发展对象: 'developmentTarget',
  入党积极分子: 'activist',
  积极分子: 'activist',
  入党申请人: 'applicant',
  申请人: 'applicant',
}

/** The standing a cell names (正式党员, 01 正式党员, 预备 …), or null; a code without a name is not trusted, tables of codes differ. */
export const readStanding = (text: string): Standing | null => standings[codedValue(text).name.replace(/\s+/g, '')] ?? null

/** What a written sex means; 0 is 未知 in GB/T 2261.1 and female elsewhere, so it is never taken alone. */
export const readSex = (text: string): 'male' | 'female' | 'zero' | null => {
  const plain = text.normalize('NFKC').replace(/\s+/g, '')
  if (/^(1|1?男性?|M|male)$/i.test(plain)) return 'male'
  if (/^(2|2?女性?|0女性?|F|female)$/i.test(plain)) return 'female'
  return plain === '0' ? 'zero' : null
}
