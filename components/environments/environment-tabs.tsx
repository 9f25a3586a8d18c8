import { TabLinks } from "#components/ui/tab-links.tsx";

type TabsProps = { id: string; hasDocker: boolean; mayAct: boolean };

/** The pages of an environment. */
export function EnvironmentTabs({ id, hasDocker, mayAct }: TabsProps) {
  const own = `/dashboard/environments/${id}`;
  const tabs = [
    { href: own, label: "Servers" },
    ...(hasDocker ? [{ href: `${own}/docker`, label: "Docker", within: true }] : []),
    ...(mayAct ? [{ href: `${own}/scale`, label: "Scale" }] : []),
    { href: `${own}/settings`, label: "Settings" },
  ];
  return <TabLinks label="Pages of the environment" tabs={tabs} />;
}
