import Foundation

/// Checks a JSON value against the part of JSON Schema that `report.schema.json` uses.
struct SchemaCheck {
  private let definitions: [String: Any]
  private(set) var problems: [String] = []

  /// Checks a document; nothing is wrong where there are no problems.
  init(_ document: Data, against schema: Data) throws {
    let root = try JSONSerialization.jsonObject(with: schema) as? [String: Any] ?? [:]
    definitions = root["$defs"] as? [String: Any] ?? [:]
    check(try JSONSerialization.jsonObject(with: document), root, at: "")
  }

  private mutating func check(_ value: Any, _ schema: [String: Any], at path: String) {
    if let reference = schema["$ref"] as? String {
      let name = String(reference.split(separator: "/").last ?? "")
      guard let definition = definitions[name] as? [String: Any] else {
        problems.append("\(path): no definition \(name)")
        return
      }
      check(value, definition, at: path)
    }
    if let constant = schema["const"] as? String, value as? String != constant {
      problems.append("\(path): is not \(constant)")
    }
    if let allowed = schema["enum"] as? [String], !allowed.contains(value as? String ?? "") {
      problems.append("\(path): \(value) is not allowed")
    }
    switch schema["type"] as? String {
    case "object": checkObject(value, schema, at: path)
    case "array":
      guard let values = value as? [Any] else { return problems.append("\(path): no array") }
      if let least = schema["minItems"] as? Int, values.count < least {
        problems.append("\(path): too few")
      }
      for (index, one) in values.enumerated() {
        check(one, schema["items"] as? [String: Any] ?? [:], at: "\(path)/\(index)")
      }
    case "string": if !(value is String) { problems.append("\(path): no string") }
    case "integer":
      guard let number = value as? Int else { return problems.append("\(path): no integer") }
      if let least = schema["minimum"] as? Int, number < least {
        problems.append("\(path): too small")
      }
    case "boolean": if !(value is Bool) { problems.append("\(path): no boolean") }
    case nil: break
    case let other?: problems.append("\(path): the check does not know \(other)")
    }
  }

  private mutating func checkObject(_ value: Any, _ schema: [String: Any], at path: String) {
    guard let object = value as? [String: Any] else { return problems.append("\(path): no object") }
    let properties = schema["properties"] as? [String: Any] ?? [:]
    for name in schema["required"] as? [String] ?? [] where object[name] == nil {
      problems.append("\(path): no \(name)")
    }
    for (name, one) in object.sorted(by: { $0.key < $1.key }) {
      guard let known = properties[name] as? [String: Any] else {
        problems.append("\(path): \(name) is unknown")
        continue
      }
      check(one, known, at: "\(path)/\(name)")
    }
  }
}
