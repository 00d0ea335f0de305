/** Toxics and calls of the API as steps of a traffic pattern; `{p}` is the proxy's path. */

export const toxic = (type: string, attributes: object = {}, more: object = {}): object => ({
  type,
  attributes,
  ...more,
});
export const add = (body: object) => ({ api: ['POST', '{p}/toxics', body] }) as const;
export const change = (name: string, body: object) =>
  ({ api: ['PATCH', `{p}/toxics/${name}`, body] }) as const;
export const remove = (name: string) => ({ api: ['DELETE', `{p}/toxics/${name}`] }) as const;
export const set = (body: object) => ({ api: ['PATCH', '{p}', body] }) as const;
