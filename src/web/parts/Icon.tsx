/** Line icons on a 20 × 20 grid. */
const PATHS = {
  home: 'M3 9.2 10 3l7 6.2V17H3zM8 17v-5h4v5',
  plus: 'M10 4v12M4 10h12',
  calendar: 'M3 5h14v12H3zM3 9h14M7 3v4M13 3v4',
  todo: 'M4 4h12v12H4zM7 10l2.2 2.2L13.5 8',
  cycle: 'M16 7A6.5 6.5 0 0 0 4.2 7.6M4 4v3.8h3.8M4 13a6.5 6.5 0 0 0 11.8-.6M16 16v-3.8h-3.8',
  people:
    'M7.5 9a2.75 2.75 0 1 0 0-5.5 2.75 2.75 0 0 0 0 5.5zM2.5 16.5c0-3 2-4.8 5-4.8s5 1.8 5 4.8M13 9a2.4 2.4 0 1 0-.6-4.7M14 11.8c2.2.2 3.6 1.9 3.6 4.4',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c0-3.3 2.4-5.2 6-5.2s6 1.9 6 5.2',
  flag: 'M5 17V3M5 4h10l-2.5 3.5L15 11H5',
  chart: 'M3 17h14M5.5 14V9M10 14V4.5M14.5 14v-7',
  dots: 'M5 10h.1M10 10h.1M15 10h.1',
  search: 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l4 4',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.3 1.2H3.7zM8.5 17.3h3',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-2.4 2.4a3 3 0 0 0 4.2 4.2l1-1',
  clock: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.3l2.8 1.6',
  tick: 'M4 10.5 8.2 14.5 16 6',
  cross: 'M5 5l10 10M15 5 5 15',
  document: 'M5 3h7l3 3v11H5zM12 3v3h3M7.5 10h5M7.5 13h5',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2V14M10 6.2v.6',
  warning: 'M10 3 18 16.5H2zM10 8v4M10 14v.6',
  chat: 'M3 4h14v10H9l-4 3v-3H3z',
  left: 'M12 5l-5 5 5 5',
  right: 'M8 5l5 5-5 5',
  down: 'M5 8l5 5 5-5',
  menu: 'M3 5h14M3 10h14M3 15h14',
  print: 'M6 7V3h8v4M4 7h12v7h-2.5v3h-7v-3H4zM6.5 12h7',
  shield: 'M10 2.8 16 5v5c0 3.6-2.4 6-6 7.2C6.4 16 4 13.6 4 10V5zM7.4 10l1.9 1.9 3.4-3.6',
  tree: 'M4 3v11h5M4 7h5M9 5h7v4H9zM9 12h7v4H9z',
  stamp: 'M8 3h4v2.5c0 2 1 2.5 1 4.5h2.5v3.5h-11V10H7c0-2 1-2.5 1-4.5zM4.5 17h11',
  scale: 'M10 3v14M5 17h10M4 6h12M4 6 2 11.5h4zM16 6l-2 5.5h4z',
  gear: 'M10 12.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2zM10 2.8v2M10 15.2v2M2.8 10h2M15.2 10h2M4.9 4.9l1.4 1.4M13.7 13.7l1.4 1.4M4.9 15.1l1.4-1.4M13.7 6.3l1.4-1.4',
  download: 'M10 3v10M5.8 9 10 13.2 14.2 9M4 17h12',
  upload: 'M10 13V3M5.8 7 10 2.8 14.2 7M4 17h12',
  list: 'M7 5h10M7 10h10M7 15h10M3.5 5h.1M3.5 10h.1M3.5 15h.1',
  eye: 'M2.5 10S5.2 5 10 5s7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  moon: 'M16 12.2A6.8 6.8 0 0 1 7.8 4 6.8 6.8 0 1 0 16 12.2z',
  sun: 'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM10 2.6v1.8M10 15.6v1.8M2.6 10h1.8M15.6 10h1.8M4.8 4.8l1.2 1.2M14 14l1.2 1.2M4.8 15.2 6 14M14 6l1.2-1.2',
  out: 'M8 4H4v12h4M12 6.5 15.5 10 12 13.5M15.5 10H8',
  key: 'M7 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10.5 10H17v3M14 10v2',
} as const

export type IconName = keyof typeof PATHS

/** A decorative icon; the text beside it, or the label of its button, says what it means. */
export function Icon({ name, size = 16, weight = 1.5 }: { name: IconName; size?: number; weight?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth={weight}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
