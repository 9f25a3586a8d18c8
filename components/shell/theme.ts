export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "theme";

/** The theme that a cookie's value names; the system's where it names none. */
export function themeOf(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

const yearSeconds = 365 * 24 * 60 * 60;

/** Says of what changed the theme in this page that it did. */
export const themeEvent = "cloudhero:theme";

/** Changes this browser's theme, now and for the pages to come. */
export function applyTheme(theme: Theme): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is absent in some browsers that we serve.
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${yearSeconds}; samesite=lax`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.dispatchEvent(new CustomEvent(themeEvent, { detail: theme }));
}
