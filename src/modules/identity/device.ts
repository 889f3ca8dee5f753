/** Browser and system of a user agent, in words: Windows 上的 Chrome. */
export function deviceName(agent: string): string {
  const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1] ?? '未知系统'
  const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1] ?? '浏览器'
  return `${system}上的 ${browser}`
}

const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/Android/, '安卓'],
  [/iPhone|iPad/, '苹果手机或平板'],
  [/Mac OS X/, '苹果电脑'],
  [/Windows/, 'Windows '],
  [/Linux|X11/, 'Linux '],
]

// The order matters: most browsers also call themselves Chrome and Safari.
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/QIHU|360/, '360 浏览器'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
