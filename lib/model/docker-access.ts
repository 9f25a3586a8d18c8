/** What a client's certificate says: whose environment, which user, and which certificate it is. */
export const uriOfCertificate = (environmentId: string, userId: string, id: string) =>
  `cloudhero://environments/${environmentId}/users/${userId}/certificates/${id}`;

/** The certificate's id in such a URI; null in any other. */
export const certificateOfUri = (uri: string): string | null =>
  uri.match(/^cloudhero:\/\/environments\/[0-9a-f]{24}\/users\/[0-9a-f]{24}\/certificates\/([0-9a-f]{24})$/)?.[1] ??
  null;
