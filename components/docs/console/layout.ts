import type { ComponentType, createElement, ReactNode } from "react";

/** What swagger-ui hands to a plugin, and to a layout: its own React, and its parts by name. */
type System = { React: { createElement: typeof createElement } };
type LayoutProps = {
  getComponent: (name: string, connected?: boolean) => ComponentType;
  specSelectors: { loadingStatus(): string };
};

/**
 * A plugin with swagger-ui's layout less what our page has already: a title, and a `main` around all of it.
 * @see https://swagger.io/docs/open-source-tools/swagger-ui/customization/custom-layout/
 */
export const withOurLayout = ({ React: { createElement: element } }: System) => ({
  components: {
    OurLayout({ getComponent, specSelectors }: LayoutProps): ReactNode {
      const part = (name: string) => element(getComponent(name, true));
      if (specSelectors.loadingStatus() !== "success")
        return element("div", { className: "swagger-ui" }, part("errors"));
      return element(
        "div",
        { className: "swagger-ui" },
        element(getComponent("SvgAssets")),
        part("errors"),
        element("div", { className: "scheme-container" }, part("AuthorizeBtnContainer")),
        part("operations"),
      );
    },
  },
});
