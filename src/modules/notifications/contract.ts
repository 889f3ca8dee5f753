import { z } from 'zod'

/** Notices older than this are deleted once they were read. */
export const KEPT_DAYS = 90
/** A message that nobody takes over is tried so often, ever more rarely, over about a day. */
export const ATTEMPTS = 8

export const ROBOTS = {
  wecom: { title: '企业微信群机器人', host: 'qyapi.weixin.qq.com' },
  dingtalk: { title: '钉钉群机器人', host: 'oapi.dingtalk.com' },
} as const
export type RobotKey = keyof typeof ROBOTS
export const RobotKey = z.enum(Object.keys(ROBOTS) as [RobotKey, ...RobotKey[]])

export const Notice = z.object({
  id: z.uuid(),
  text: z.string(),
  /** The page that shows what it is about. */
  open: z.string(),
  at: z.iso.datetime(),
  read: z.boolean(),
})
export type Notice = z.output<typeof Notice>

/** What the outside is reached through; `off` where the unit has configured nothing, and then nothing leaves. */
export const CHANNELS = { mail: '邮件', wecom: ROBOTS.wecom.title, dingtalk: ROBOTS.dingtalk.title } as const
export type Channel = keyof typeof CHANNELS
