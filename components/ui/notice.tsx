import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const looks = {
  bad: { frame: "border-bad/30 bg-bad-soft", ink: "text-bad", Icon: CircleAlert },
  warn: { frame: "border-warn/30 bg-warn-soft", ink: "text-warn", Icon: TriangleAlert },
  info: { frame: "border-line bg-raised", ink: "text-ink-soft", Icon: Info },
} as const;

/** Something that a person must see, with what to do next. A "bad" one is announced. */
export function Notice({
  tone = "info",
  children,
  actions,
}: {
  tone?: keyof typeof looks;
  children: ReactNode;
  actions?: ReactNode;
}) {
  const { frame, ink, Icon } = looks[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : undefined}
      className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md border px-3 py-2.5 ${frame}`}
    >
      <Icon className={`mt-0.5 size-4 shrink-0 ${ink}`} aria-hidden />
      <div className="min-w-0 flex-1 basis-56 break-words text-ink">{children}</div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
