/** The mark and the name. */
export function Logo() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold tracking-tight">
      <svg viewBox="0 0 24 24" className="size-6" aria-hidden="true">
        <rect width="24" height="24" rx="6" className="fill-accent" />
        <path
          d="M7.5 16.5a3 3 0 0 1-.4-6 5 5 0 0 1 9.6-1.1 3.6 3.6 0 0 1 .3 7.1Z"
          className="fill-none stroke-surface"
          strokeWidth="1.7"
          strokeLinejoin="round"
        />
        <path
          d="m12.6 9.6-2.2 3h3l-2.2 3"
          className="fill-none stroke-surface"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      CloudHero
    </span>
  );
}
