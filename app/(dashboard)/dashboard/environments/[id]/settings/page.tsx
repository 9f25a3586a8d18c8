import type { Metadata } from "next";
import { DangerZone } from "#components/environments/settings/danger-zone.tsx";
import { ExpiryForm } from "#components/environments/settings/expiry-form.tsx";
import { GeneralForm } from "#components/environments/settings/general-form.tsx";
import { Protection } from "#components/environments/settings/protection.tsx";
import { ScheduleForm } from "#components/environments/settings/schedule-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { includesRole } from "#lib/model/roles.ts";
import { readEnvironment } from "../read.ts";
import { save } from "./actions.ts";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { environment } = await readEnvironment((await params).id, "settings");
  return { title: `Settings of ${environment.name}` };
}

export default async function SettingsPage({ params }: Props) {
  const { id } = await params;
  const { ctx, environment } = await readEnvironment(id, "settings");
  const { name, heal, schedule, wish } = environment;
  if (wish === "delete") return <Notice>{name} is being deleted: nothing of it can be changed any more.</Notice>;
  const mayChange = includesRole(ctx.role, "operator");
  const shared = { save: save.bind(null, id), mayChange };
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      {!mayChange && <Notice>Your role is viewer: an operator, an admin or the owner may change this.</Notice>}
      <GeneralForm {...shared} name={name} heal={heal} />
      <ScheduleForm {...shared} schedule={schedule} />
      <ExpiryForm {...shared} />
      <Protection {...shared} mayTakeOff={includesRole(ctx.role, "admin")} />
      {mayChange && <DangerZone />}
    </div>
  );
}
