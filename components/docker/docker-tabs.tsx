import { TabLinks } from "#components/ui/tab-links.tsx";

const kinds = ["Services", "Stacks", "Containers", "Images", "Volumes", "Networks", "Nodes"];

/** What a cluster has, by kind. */
export function DockerTabs({ id }: { id: string }) {
  const own = `/dashboard/environments/${id}/docker`;
  const tabs = [
    { href: own, label: "Overview" },
    ...kinds.map((kind) => ({
      href: `${own}/${kind.toLowerCase()}`,
      label: kind,
      within: true,
      // What is deployed is a stack.
      also: kind === "Stacks" ? `${own}/deploy` : undefined,
    })),
  ];
  return <TabLinks label="Docker" tabs={tabs} look="pills" />;
}
