import type { ComponentProps, ReactNode } from "react";

/** A table on a surface; scrolls sideways in itself where it must. */
export function Table({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <div className="relative overflow-x-auto rounded-lg border border-line bg-surface">
      <table className="w-full border-collapse text-left">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function HeadCell({ className = "", ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={`whitespace-nowrap border-line border-b px-4 py-2.5 font-medium text-ink-faint text-xs ${className}`}
      {...rest}
    />
  );
}

export function Cell({ className = "", ...rest }: ComponentProps<"td">) {
  return <td className={`px-4 py-3 align-middle ${className}`} {...rest} />;
}

export function Row(props: ComponentProps<"tr">) {
  return <tr className="border-line border-b last:border-0 hover:bg-raised/50" {...props} />;
}
