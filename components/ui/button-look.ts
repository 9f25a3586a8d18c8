const variants = {
  primary: "border-transparent bg-ink text-canvas hover:opacity-85",
  secondary: "border-line bg-surface text-ink hover:bg-raised",
  ghost: "border-transparent bg-transparent text-ink-soft hover:bg-raised hover:text-ink",
  danger: "border-transparent bg-bad-strong text-white hover:opacity-90",
} as const;

const sizes = { small: "h-7 px-2.5 text-xs", medium: "h-9 px-3.5 text-sm", icon: "size-8" } as const;

export type Look = { variant?: keyof typeof variants; size?: keyof typeof sizes };

/** The classes of a button, and of a link that looks like one. */
export const buttonClass = ({ variant = "secondary", size = "medium" }: Look, more = "") =>
  `inline-flex shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium motion-safe:transition-colors disabled:cursor-not-allowed disabled:opacity-55 ${variants[variant]} ${sizes[size]} ${more}`;
