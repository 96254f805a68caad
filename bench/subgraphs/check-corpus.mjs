/**
 * What gateways send, and what they might: pairs of subgraph and request, answered alike by graphql-js and by the
 * benchmark's own servers.
 *
 * @type {readonly {subgraph: string, query: string, variables?: Record<string, unknown>, operationName?: string}[]}
 */
export const CORPUS = [
  { subgraph: 'accounts', query: '{ me { id username } users { __typename id name birthday } }' },
  { subgraph: 'accounts', query: 'query($id: ID!) { user(id: $id) { id } }', variables: { id: '3' } },
  { subgraph: 'accounts', query: 'query($id: ID!) { user(id: $id) { id } }', variables: { id: '77' } },
  { subgraph: 'accounts', query: 'query($id: ID!) { user(id: $id) { id } }', variables: {} },
  {
    subgraph: 'accounts',
    query: '{ user(id: 2) { t: __typename n: name i: id } other: user(id: "5") { name } }',
  },
  {
    subgraph: 'accounts',
    query: `query($representations: [_Any!]!) {
      _entities(representations: $representations) { __typename t: __typename ... on User { key: id name } }
    }`,
    variables: {
      representations: [
        { __typename: 'User', id: '2' },
        { __typename: 'User', id: 'nobody' },
        { id: '1', __typename: 'User', name: 'not asked' },
      ],
    },
  },
  {
    subgraph: 'accounts',
    query: `query($a: [_Any!]!, $b: [_Any!]!) {
      first: _entities(representations: $a) { ...U }
      second: _entities(representations: $b) { ... on User { username } }
      me { id }
    }
    fragment U on User { id ...V }
    fragment V on User { name id }`,
    variables: {
      a: [
        { __typename: 'User', id: '1' },
        { __typename: 'User', id: '6' },
      ],
      b: [],
    },
  },
  {
    subgraph: 'accounts',
    query: `query($yes: Boolean!, $no: Boolean!) {
      me { id @skip(if: $yes) name @include(if: $yes) ... @include(if: $no) { birthday } username @skip(if: true) }
      me @skip(if: $no) { again: name ... on User @skip(if: $no) { birthday @include(if: $yes) } }
      users @include(if: $no) { id }
    }`,
    variables: { yes: true, no: false },
  },
  { subgraph: 'accounts', query: '{ me { unknown } }' },
  { subgraph: 'accounts', query: '{ me { id ' },
  { subgraph: 'accounts', query: '{ __schema { queryType { name } } __typename }' },
  { subgraph: 'accounts', query: 'query A { me { id } } query B { users { id } }', operationName: 'B' },
  {
    subgraph: 'inventory',
    query: `query($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Product { inStock shippingEstimate upc } }
    }`,
    variables: {
      representations: [
        { __typename: 'Product', upc: '1', price: 899, weight: 101 },
        { __typename: 'Product', upc: '2', price: 1299, weight: null },
        { __typename: 'Product', upc: '3', price: 15, weight: null },
        { __typename: 'Product', upc: '4' },
        { __typename: 'Product', upc: '404', price: 1, weight: 1 },
      ],
    },
  },
  { subgraph: 'products', query: '{ topProducts { upc name price weight } }' },
  { subgraph: 'products', query: '{ a: topProducts(first: 2) { upc } b: topProducts(first: 200) { upc } }' },
  { subgraph: 'products', query: 'query($first: Int) { topProducts(first: $first) { upc } }' },
  {
    subgraph: 'products',
    query: 'query($first: Int = 3) { topProducts(first: $first) { upc } }',
    variables: { first: null },
  },
  {
    subgraph: 'products',
    query:
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Product { __typename upc price weight } } }',
    variables: {
      r: [
        { __typename: 'Product', upc: '9' },
        { __typename: 'Product', upc: '1' },
        { __typename: 'Product', upc: '9' },
      ],
    },
  },
  {
    subgraph: 'reviews',
    query: `query($u: [_Any!]!, $p: [_Any!]!) {
      users: _entities(representations: $u) {
        ... on User { reviews { id body product { upc reviews { id author { id username } } } } }
        ... on Product { reviews { id } }
      }
      products: _entities(representations: $p) { __typename ... on Product { upc reviews { ...R author { id } } } }
    }
    fragment R on Review { id body author { username } }`,
    variables: {
      u: [
        { __typename: 'User', id: '1' },
        { __typename: 'Product', upc: '3' },
      ],
      p: [
        { __typename: 'Product', upc: '4' },
        { __typename: 'Product', upc: '8' },
      ],
    },
  },
  {
    subgraph: 'reviews',
    query:
      'query($r: [_Any!]!) { _entities(representations: $r) { ... on Review { body author { username } } } }',
    variables: {
      r: [
        { __typename: 'Review', id: '11' },
        { __typename: 'Review', id: '12' },
      ],
    },
  },
  {
    subgraph: 'records',
    query: `{ records {
      id number title note amount settled stage tags place { township street position { longitude latitude } }
    } }`,
  },
];
