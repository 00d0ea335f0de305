/** `$metadata` of a service as EDMX 1.0, with the annotations that generators of SAP clients read. */
import { stableHash } from '../../harness/random.ts';
import type {
  ComplexType,
  EntityType,
  FunctionImport,
  Navigation,
  Property,
  ServiceModel,
} from './model.ts';

/** The document; `root` is the absolute address of the service. */
export function edmx(model: ServiceModel, root: string): string {
  const types = [...model.entityTypes.values()];
  const links = types.flatMap((type) =>
    [...type.navigations.values()].map((nav) => ({ type, nav })),
  );
  const schema = [
    ...types.map((type) => entityType(model, type)),
    ...model.complexTypes.map(complexType),
    ...links.map(({ type, nav }) => association(model, type, nav)),
    container(model, links),
    `<atom:link rel="self" href="${root}/$metadata" xmlns:atom="http://www.w3.org/2005/Atom"/>`,
    `<atom:link rel="latest-version" href="${root}/$metadata" xmlns:atom="http://www.w3.org/2005/Atom"/>`,
  ].join('');
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" ' +
    'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" ' +
    'xmlns:sap="http://www.sap.com/Protocols/SAPData"><edmx:DataServices m:DataServiceVersion="2.0">' +
    `<Schema Namespace="${model.name}" xml:lang="en" sap:schema-version="1" ` +
    'xmlns="http://schemas.microsoft.com/ado/2008/09/edm">' +
    `${schema}</Schema></edmx:DataServices></edmx:Edmx>`
  );
}

/** `PurchaseOrderType` as a person reads it. */
const label = (name: string): string =>
  name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replace(/^to_/, '');

function facets({ type, maxLength, precision, scale }: Facets): string {
  if (type === 'Edm.String') return maxLength === undefined ? '' : ` MaxLength="${maxLength}"`;
  if (type === 'Edm.Decimal') return ` Precision="${precision}" Scale="${scale}"`;
  // Instants have milliseconds, and strict clients refuse what the model does not announce.
  if (type === 'Edm.DateTimeOffset') return ' Precision="7"';
  if (type === 'Edm.DateTime' || type === 'Edm.Time') return ' Precision="0"';
  return '';
}

type Facets = Pick<Property, 'type' | 'maxLength' | 'precision' | 'scale'>;

const no = (name: string, value: boolean): string => (value ? '' : ` sap:${name}="false"`);

function property(each: Property, owner: EntityType | undefined): string {
  const semantics = semanticsOf(each.name);
  return (
    `<Property Name="${each.name}" Type="${each.type}"${each.isKey ? ' Nullable="false"' : ''}` +
    facets(each) +
    (each.type === 'Edm.DateTime' ? ' sap:display-format="Date"' : '') +
    (each.type === 'Edm.String' && each.alpha ? ' sap:display-format="UpperCase"' : '') +
    no('creatable', each.creatable) +
    no('updatable', each.updatable) +
    (each.type === 'Edm.Decimal' ? unitOf(each.name, owner) : '') +
    (semantics === undefined ? '' : ` sap:semantics="${semantics}"`) +
    ` sap:label="${label(each.name)}"/>`
  );
}

function semanticsOf(name: string): string | undefined {
  if (/Currency$|Crcy$/.test(name)) return 'currency-code';
  return name.endsWith('Unit') ? 'unit-of-measure' : undefined;
}

/** The property that holds the unit or currency of a number, where the type has an obvious one. */
function unitOf(name: string, owner: EntityType | undefined): string {
  const candidates = /Amount/.test(name)
    ? ['DocumentCurrency', 'TransactionCurrency', 'CompanyCodeCurrency', 'Currency']
    : /Quantity$|Qty|QuantityIn/.test(name)
      ? ['PurchaseOrderQuantityUnit', 'EntryUnit', 'MaterialBaseUnit', 'BaseUnit', 'QuantityUnit']
      : [];
  const unit = candidates.find((each) => owner?.byName.has(each));
  return unit === undefined ? '' : ` sap:unit="${unit}"`;
}

function entityType({ name: namespace }: ServiceModel, type: EntityType): string {
  const keys = type.keys.map(({ name }) => `<PropertyRef Name="${name}"/>`).join('');
  const properties = type.properties.map((each) => property(each, type)).join('');
  const navigations = [...type.navigations.values()].map((nav) => {
    const ends = `FromRole="FromRole_${association32(type, nav)}" ToRole="ToRole_${association32(type, nav)}"`;
    return `<NavigationProperty Name="${nav.name}" Relationship="${namespace}.assoc_${association32(type, nav)}" ${ends}/>`;
  });
  return (
    `<EntityType Name="${type.name}" sap:label="${label(type.set.slice(2))}" sap:content-version="1">` +
    `<Key>${keys}</Key>${properties}${navigations.join('')}</EntityType>`
  );
}

const complexType = ({ name, properties }: ComplexType): string =>
  `<ComplexType Name="${name}">${properties.map((each) => property(each, undefined)).join('')}</ComplexType>`;

/** A name for the association that is always the same; 32 hex digits, as the vendor's are. */
const association32 = (type: EntityType, nav: Navigation): string =>
  `${stableHash(`${type.set}/${nav.name}`)}${stableHash(`${nav.name}/${nav.target}/${type.set}`)}`
    .padEnd(32, '0')
    .slice(0, 32)
    .toUpperCase();

function association({ name }: ServiceModel, type: EntityType, nav: Navigation): string {
  const id = association32(type, nav);
  return (
    `<Association Name="assoc_${id}" sap:content-version="1">` +
    `<End Type="${name}.${type.name}" Multiplicity="1" Role="FromRole_${id}"/>` +
    `<End Type="${name}.${nav.target}Type" Multiplicity="${nav.many ? '*' : '0..1'}" Role="ToRole_${id}"/>` +
    '</Association>'
  );
}

type Link = { readonly type: EntityType; readonly nav: Navigation };

function container(model: ServiceModel, links: readonly Link[]): string {
  const { name } = model;
  const sets = [...model.entityTypes.values()].map(
    (type) =>
      `<EntitySet Name="${type.set}" EntityType="${name}.${type.name}"` +
      no('creatable', type.creatable) +
      no('updatable', type.updatable) +
      no('deletable', type.deletable) +
      ' sap:content-version="1"/>',
  );
  const associations = links.map(({ type, nav }) => {
    const id = association32(type, nav);
    return (
      `<AssociationSet Name="assoc_${id}_Set" Association="${name}.assoc_${id}" sap:creatable="false" ` +
      'sap:updatable="false" sap:deletable="false" sap:content-version="1">' +
      `<End EntitySet="${type.set}" Role="FromRole_${id}"/>` +
      `<End EntitySet="${nav.target}" Role="ToRole_${id}"/></AssociationSet>`
    );
  });
  const functions = [...model.functions.values()].map((each) => functionImport(name, each));
  return (
    `<EntityContainer Name="${name}_Entities" m:IsDefaultEntityContainer="true" ` +
    `sap:message-scope-supported="true" sap:supported-formats="atom json">` +
    `${sets.join('')}${associations.join('')}${functions.join('')}</EntityContainer>`
  );
}

function functionImport(namespace: string, each: FunctionImport): string {
  const { returns } = each;
  const type =
    'set' in returns
      ? `ReturnType="${namespace}.${returns.set}Type" EntitySet="${returns.set}"`
      : `ReturnType="${namespace}.${returns.complex}"`;
  const parameters = each.parameters.map(
    (parameter) =>
      `<Parameter Name="${parameter.name}" Type="${parameter.type}" Mode="In"${facets(parameter)} ` +
      `sap:label="${label(parameter.name)}"/>`,
  );
  return `<FunctionImport Name="${each.name}" ${type} m:HttpMethod="${each.method}">${parameters.join('')}</FunctionImport>`;
}
