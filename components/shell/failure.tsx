/**
 * A page that could not be shown: what to do, and the id under which the log has it. Every page loads it: it needs
 * nothing. It is loaded anew to try again, for what failed to come, a part of the page or its data, is kept as failed.
 */
export function Failure({ digest }: { digest?: string }) {
  return (
    <div className="grid min-h-[60dvh] place-items-center px-5">
      <div className="max-w-md text-center" role="alert">
        <h1 className="font-semibold text-2xl tracking-tight">Something went wrong on our side</h1>
        <p className="mt-2 text-ink-soft">
          Nothing that you have asked for is lost. Try again; if it stays, the server’s log says why
          {digest ? `, under ${digest}` : ""}.
        </p>
        <div className="mt-6">
          <button
            type="button"
            onClick={() => location.reload()}
            className="h-9 rounded-md bg-ink px-3.5 font-medium text-canvas text-sm hover:opacity-85"
          >
            Try again
          </button>
        </div>
      </div>
    </div>
  );
}
