import { z } from 'zod'

const text = (max: number) => z.string().trim().max(max)

/** A topic as it is put on the year's list. */
export const TopicInput = z.object({
  month: z.int().min(1, '请选月份').max(12),
  title: text(200).min(2, '请写学习专题'),
  /** One of the roster or a post; somebody else is written in `speaker`. */
  speakerId: z.uuid().nullable().default(null),
  speaker: text(60).default(''),
  papers: z.array(text(100).min(1)).max(20).default([]),
})

const Session = z.object({ id: z.uuid(), on: z.iso.date(), open: z.string() })

export const TopicView = TopicInput.extend({
  id: z.uuid(),
  year: z.int(),
  speakerName: z.string(),
  /** Sessions that studied it, and those planned. */
  held: z.array(Session),
  planned: z.array(Session),
  /** Measures drawn from it, and how many of them are settled. */
  measures: z.int(),
  done: z.int(),
  droppedOn: z.iso.date().nullable(),
  version: z.int(),
})
export type TopicView = z.output<typeof TopicView>
