import fc from 'fast-check'

// The same examples in every run, so that a failure is the change's and not the day's; RONGJIAN_SEED tries others.
fc.configureGlobal({ seed: Number(process.env.RONGJIAN_SEED ?? 20_260_918) })
