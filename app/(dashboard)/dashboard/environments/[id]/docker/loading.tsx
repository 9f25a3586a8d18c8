import { Skeleton } from "#components/docker/skeleton.tsx";

/** What stands where a cluster is asked. */
export default function Loading() {
  return <Skeleton label="Asking the cluster" />;
}
