import * as ec2 from "@aws-sdk/client-ec2";
import { randomHex } from "#lib/ids.ts";
import { deletedName } from "#lib/model/names.ts";
import type { Remnant, RemovedRemnant } from "../provider.ts";
import { removeInOrder } from "../remove-in-order.ts";
import { ask, type Ec2Session } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { destroy } from "./lifecycle.ts";

/** Removes each by its id; what is gone already counts as removed. */
export function removeRemnants(
  session: Ec2Session,
  remnants: Remnant[],
  signal: AbortSignal,
): Promise<RemovedRemnant[]> {
  return removeInOrder(remnants, (remnant) =>
    remove(session, remnant, signal).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    }),
  );
}

async function remove(session: Ec2Session, remnant: Remnant, signal: AbortSignal): Promise<unknown> {
  const { kind, id, name, region } = remnant;
  const client = session.ec2(region);
  switch (kind) {
    case "server":
      return destroy(session, region, [{ id, newName: deletedName(name, randomHex(128)) }], signal);
    case "volume":
      return ask(signal, (options) => client.send(new ec2.DeleteVolumeCommand({ VolumeId: id }), options));
    case "firewall":
      return ask(signal, (options) => client.send(new ec2.DeleteSecurityGroupCommand({ GroupId: id }), options));
    case "key":
      return ask(signal, (options) => client.send(new ec2.DeleteKeyPairCommand({ KeyPairId: id }), options));
    case "gateway":
      return removeGateway(session, remnant, signal);
    case "subnet":
      return ask(signal, (options) => client.send(new ec2.DeleteSubnetCommand({ SubnetId: id }), options));
    case "network":
      return ask(signal, (options) => client.send(new ec2.DeleteVpcCommand({ VpcId: id }), options));
  }
}

/** A gateway leaves its networks first. */
async function removeGateway(session: Ec2Session, { id, region }: Remnant, signal: AbortSignal): Promise<void> {
  const client = session.ec2(region);
  const InternetGatewayId = id;
  const described = new ec2.DescribeInternetGatewaysCommand({ InternetGatewayIds: [id] });
  const { InternetGateways = [] } = await ask(signal, (options) => client.send(described, options));
  for (const { VpcId } of InternetGateways.flatMap(({ Attachments = [] }) => Attachments)) {
    const detach = new ec2.DetachInternetGatewayCommand({ InternetGatewayId, VpcId });
    await ask(signal, (options) => client.send(detach, options));
  }
  await ask(signal, (options) => client.send(new ec2.DeleteInternetGatewayCommand({ InternetGatewayId }), options));
}
