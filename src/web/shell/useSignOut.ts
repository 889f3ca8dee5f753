import { App } from 'antd'
import { newKey, tell } from '../request.ts'

/** Ends this session on the server and shows the sign-in page. Drafts stay on the machine for the next time. */
export function useSignOut() {
  const { message } = App.useApp()
  return async () => {
    try {
      await tell('identity.signOut', {}, newKey())
      location.assign('/')
    } catch (error) {
      message.error(error instanceof Error ? error.message : '没有退出，请再试一次')
    }
  }
}
