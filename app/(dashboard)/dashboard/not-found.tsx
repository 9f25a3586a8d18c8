import { SearchX } from "lucide-react";
import { ButtonLink } from "#components/ui/button-link.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function NotFound() {
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="Nothing is here"
      actions={<ButtonLink href="/dashboard">All environments</ButtonLink>}
    >
      It was deleted more than a day ago, or belongs to another team.
    </EmptyState>
  );
}
