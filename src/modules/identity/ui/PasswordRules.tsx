import { useRead } from '#web/api.ts'
import { StepButton } from '#web/parts/StepButton.tsx'
import { PASSWORD_PROFILES, type PasswordProfile } from '../contract.ts'

const WORDS: Record<PasswordProfile, string> = {
  standard: '至少 12 位，不用常见密码和单位名称，不强制更换。依据 OWASP ASVS 5.0。',
  mlps3: '至少 12 位、四种字符里三种，90 天换一次，最近 5 次不能重复，三员必须绑定动态口令。依据 GB/T 22239 三级 8.1.4。',
}

/** The two sets of password rules, and which one is in force. */
export function PasswordRules() {
  const { data } = useRead('identity.offices', {})
  if (!data) return null
  return (
    <section className="card">
      <header>
        <h2>密码规则</h2>
        <span className="small t3">对所有人有效，下次登录或换密码时用新规则</span>
      </header>
      <ul className="lines">
        {(Object.keys(PASSWORD_PROFILES) as PasswordProfile[]).map((profile) => (
          <li key={profile}>
            <div className="grow">
              <b>{PASSWORD_PROFILES[profile]}</b> {profile === data.profile && <span className="tag song">现在用</span>}
              <div className="small t2">{WORDS[profile]}</div>
            </div>
            {profile !== data.profile && (
              <StepButton
                name="identity.chooseProfile"
                label="改用这一套"
                kind="small"
                input={{ profile }}
                can={true}
                warn={
                  profile === 'mlps3'
                    ? '没有绑定动态口令的三员（包括你）马上只能先绑定；密码超过 90 天的，下次登录要换。'
                    : '以后不再强制更换密码。'
                }
                done="密码规则已改"
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
