import { TextField } from './TextField.tsx'

interface Props {
  label: string
  rule: string | undefined
  problems: string[] | undefined
}

export const DIFFERENT = '两次填的密码不一样，请再填一遍'

/** A new password, twice; the form compares `password` and `again`. */
export const NewPassword = ({ label, rule, problems }: Props) => (
  <>
    <TextField label={label} name="password" type="password" hint={rule ?? ''} autoComplete="new-password" problems={problems} />
    <TextField label="再填一遍" name="again" type="password" autoComplete="new-password" />
  </>
)
