// A worker in a process of its own, which does nothing but send deliveries; it says when it is ready.
import { startDelivering } from "#lib/bin/deliveries.ts";
import { worker } from "#lib/queue/boss.ts";

await startDelivering(await worker());
process.send?.("ready");
