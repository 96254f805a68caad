/**
 * The graph of the public federation benchmark, all of whose fields are here, with more of what makes an answer go
 * wrong or take another shape: interfaces and a union over subgraphs, arguments of every kind, entities that one
 * subgraph does not have, fields that fail, and nulls where none may be.
 */
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5",
  import: ["@key", "@requires", "@provides", "@external", "@shareable"])`;

export const ACCOUNTS_SDL = `${LINK}
type Query { me: User user(id: ID!): User users: [User] }
type User @key(fields: "id") {
  id: ID!
  name: String
  username: String @shareable
  birthday: Int
  "Null of user 2, fails for user 4."
  email: String!
  contacts(kinds: [ContactKind!] = [MAIL, PHONE], limit: Int! = 2): [Contact!]
}
enum ContactKind { MAIL PHONE POST }
type Contact { kind: ContactKind! text: String }
`;

export const INVENTORY_SDL = `${LINK}
type Query {
  stockOf(upcs: [String!]!, options: StockOptions = { warehouse: SOUTH }): [Product]!
  "Fails when strict."
  audit(strict: Boolean! = false): Int!
}
input StockOptions { warehouse: Warehouse = NORTH least: Int but: [String!] also: StockOptions }
enum Warehouse { NORTH SOUTH }
type Product @key(fields: "upc") {
  upc: String!
  weight: Int @external
  price: Int @external
  inStock: Boolean
  shippingEstimate: Int @requires(fields: "price weight")
  "Fails for product 2."
  shippingLabel(prefix: String = "to"): String @requires(fields: "name weight")
  name: String @external
  "Fails for product 3, null of product 6."
  stockLevel: Int!
  stock(options: StockOptions): Int
  "With a null where none may be, of product 5."
  lots(first: Int = 2): [Lot!]
  "Accounts fail for the one of product 4, and do not know the one of product 5."
  keeper: User
}
type Lot { code: ID! warehouse: Warehouse sizes: [[Float]] product: Product! inspectedBy: User }
type User @key(fields: "id", resolvable: false) { id: ID! }
`;

export const PRODUCTS_SDL = `${LINK}
type Query {
  topProducts(first: Int = 5): [Product]
  search(text: String!, first: Int = 4): [Found!]
  named(ids: [ID]): [Named]
}
union Found = Product | Category
interface Named { name: String }
type Product implements Named @key(fields: "upc") {
  upc: String!
  name: String
  "Fails for product 8."
  price: Int
  weight: Int
  "Null of product 7."
  category: Category!
}
type Category implements Named { id: ID! name: String parent: Category products(first: Int = 2): [Product!] }
`;

export const REVIEWS_SDL = `${LINK}
type Query { reviewed(ids: [ID!] = ["1"]): [Rated] latestReview(of: ReviewFilter): Review! }
interface Rated { rating: Float reviews: [Review] }
input ReviewFilter { minScore: Int = 1 authors: [ID!] }
type Review @key(fields: "id") {
  id: ID!
  body: String
  product: Product
  author: User @provides(fields: "username")
  about: Rated!
  "Null of review 4."
  score: Int!
  "Fails for review 5."
  translated(to: Language! = EN): String
}
enum Language { EN ZH }
type User implements Rated @key(fields: "id") {
  id: ID!
  username: String @external
  reviews: [Review]
  rating: Float
}
type Product implements Rated @key(fields: "upc") {
  upc: String!
  reviews: [Review]
  rating: Float
  newestReviews(where: ReviewFilter, first: Int! = 2): [Review!]!
}
`;
