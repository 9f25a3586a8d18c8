import "./shot.css";

const look = "h-auto w-full rounded-xl border border-line";
const words = "An environment's page: three servers that run, with their addresses, packages and what happened to them";

/** The product as it is, in the reader's theme. */
export function Shot() {
  return (
    <div>
      {/* biome-ignore lint/performance/noImgElement: two small files that need no service to resize them. */}
      <img
        src="/landing/environment-light.webp"
        width={1440}
        height={900}
        alt={words}
        loading="lazy"
        className={`shot-light ${look}`}
      />
      {/* biome-ignore lint/performance/noImgElement: as above. */}
      <img
        src="/landing/environment-dark.webp"
        width={1440}
        height={900}
        alt={words}
        loading="lazy"
        className={`shot-dark ${look}`}
      />
    </div>
  );
}
