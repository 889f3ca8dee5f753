import { defineModule } from '#kernel/module.ts'
import { OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { deliveries } from './operations/deliveries.ts'
import { changeMailbox, confirmMailbox, mailbox, setMailbox } from './operations/mailbox.ts'
import { count, list, read } from './operations/notices.ts'
import { quiet, setOwnQuiet, setQuiet } from './operations/quiet.ts'
import { removeRobot, robots, setRobot, tryRobot } from './operations/robots.ts'

/** What people are told: in the page at once, by mail once a day, in a chat group; outside only where the unit has configured it. */
export const notifications = defineModule({
  name: 'notifications',
  operations: [
    list,
    count,
    read,
    mailbox,
    setMailbox,
    confirmMailbox,
    changeMailbox,
    robots,
    setRobot,
    removeRobot,
    tryRobot,
    deliveries,
    quiet,
    setQuiet,
    setOwnQuiet,
  ],
  capabilities: {
    'notifications.manage': { title: '设置群机器人，看消息发送情况', roles: [...OFFICE_WORKERS, 'partySecretary'] },
  },
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
