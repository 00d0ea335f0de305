/** Namespaces of Atom as OData V2 uses it. */
export const spaces = {
  atom: 'http://www.w3.org/2005/Atom',
  app: 'http://www.w3.org/2007/app',
  data: 'http://schemas.microsoft.com/ado/2007/08/dataservices',
  metadata: 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata',
  related: 'http://schemas.microsoft.com/ado/2007/08/dataservices/related/',
  scheme: 'http://schemas.microsoft.com/ado/2007/08/dataservices/scheme',
} as const;
