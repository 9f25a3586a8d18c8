import { Button } from "#components/ui/button.tsx";

/** A page that could not be shown: what to do, and the id under which the log has it. */
export function Failure({ digest, retry }: { digest?: string; retry: () => void }) {
  return (
    <div className="grid min-h-[60dvh] place-items-center px-5">
      <div className="max-w-md text-center" role="alert">
        <h1 className="font-semibold text-2xl tracking-tight">Something went wrong on our side</h1>
        <p className="mt-2 text-ink-soft">
          Nothing that you have asked for is lost. Try again; if it stays, the server’s log says why
          {digest ? `, under ${digest}` : ""}.
        </p>
        <div className="mt-6">
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        </div>
      </div>
    </div>
  );
}
