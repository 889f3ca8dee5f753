import { MIN_PASSWORD } from './rules.ts'

/** Why a password will not do, in Chinese, or null. `words` are names an attacker would try first: unit, person, 工号. */
export function weaknessOf(password: string, words: readonly string[], kinds: number): string | null {
  const text = password.normalize('NFKC')
  if ([...text].length < MIN_PASSWORD) return `密码至少 ${MIN_PASSWORD} 位，现在 ${[...text].length} 位`
  if (KINDS.filter((kind) => kind.test(text)).length < kinds) return `大写字母、小写字母、数字、符号至少要有 ${kinds} 种`
  const plain = unleet(text.toLowerCase())
  const own = words.map((word) => word.normalize('NFKC').toLowerCase().trim()).find((word) => word.length >= 2 && has(text, plain, word))
  if (own) return `密码里不要有「${own}」：别人最先猜单位名称、姓名和工号`
  const bare = text.toLowerCase().replaceAll(DATES, '')
  if (left(bare) < MIN_LEFT || left(unleet(bare)) < MIN_LEFT) return '这个密码太容易猜到：多是常见词、日期或键盘上连着的键，请换一个'
  return null
}

const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/]

/** So much must be left when everything that guessing programs try first is taken out. */
const MIN_LEFT = 6

const has = (text: string, plain: string, word: string) => text.toLowerCase().includes(word) || plain.includes(word)

/** p@ssw0rd is password. */
const unleet = (text: string) => text.replaceAll(/[@01345$7!]/g, (mark) => LEET[mark]!)
const LEET: Record<string, string> = { '@': 'a', '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', $: 's', '7': 't', '!': 'i' }

/** How many characters are left without common words and runs. */
const left = (text: string) => [...withoutRuns(COMMON.reduce((rest, word) => rest.replaceAll(word, ''), text))].length

const DATES = /(19|20)\d{2}(0?[1-9]|1[0-2])?([0-2]?\d|3[01])?/g

/** Drops characters that only repeat or continue what stands before them: aaaa, 1234, 9876, qwer. */
function withoutRuns(text: string): string {
  const letters = [...text]
  return letters.filter((letter, i) => i === 0 || !follows(letters[i - 1]!, letter)).join('')
}

const follows = (before: string, letter: string) =>
  Math.abs(before.codePointAt(0)! - letter.codePointAt(0)!) <= 1 ||
  ROWS.some((row) => row.includes(before + letter) || row.includes(letter + before)) ||
  before === letter

const ROWS = ['qwertyuiop[]', 'asdfghjkl;', 'zxcvbnm,./', '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/', '!@#$%^&*()_+', '147258369']

const COMMON = [
  'password',
  'passwd',
  'passw',
  'pass',
  'admin',
  'administrator',
  'root',
  'guest',
  'test',
  'user',
  'login',
  'welcome',
  'letmein',
  'iloveyou',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'football',
  'master',
  'hello',
  'secret',
  'changeme',
  'default',
  'china',
  'zhongguo',
  'beijing',
  'shanghai',
  'woaini',
  'woaizhongguo',
  'dangyuan',
  'dangjian',
  'dangzhibu',
  'zhibu',
  'rongjian',
  'mima',
  'shengri',
  'nihao',
  'laopo',
  'baobei',
  'aini',
  'qwerty',
  'qazwsx',
  'asdf',
  'zxcv',
  'abc',
  'abcd',
  'aa',
  '5201314',
  '520',
  '1314',
  '666',
  '888',
  '123',
  'wang',
  'zhang',
  'liu',
  '党员',
  '党建',
  '党支部',
  '密码',
  '我爱',
  '中国',
].sort((a, b) => b.length - a.length)
