// swift-tools-version: 6.3

import PackageDescription

let package = Package(
  name: "QDA",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "QDA", targets: ["QDA"]),
    .library(name: "QDAScripting", type: .dynamic, targets: ["QDA"]),
    .executable(name: "qda", targets: ["QDATool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CLibZip", pkgConfig: "libzip",
      providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
    .systemLibrary(
      name: "CLibXLSXWriter", pkgConfig: "xlsxwriter",
      providers: [.apt(["libxlsxwriter-dev"]), .brew(["libxlsxwriter"])]),
    .systemLibrary(
      name: "CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .target(
      name: "QDACore",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "OrderedCollections", package: "swift-collections"),
      ]),
    .target(
      name: "QDAInterchange",
      dependencies: [
        "QDACore", "CLibXLSXWriter", "CLibXML2", "CLibZip", "CSQLite",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(
      name: "QDAReports",
      dependencies: ["QDACore", .product(name: "Mustache", package: "swift-mustache")],
      resources: [.embedInCode("Templates")]),
    .target(name: "QDA", dependencies: ["QDACore", "QDAInterchange", "QDAReports"]),
    .executableTarget(
      name: "QDATool",
      dependencies: [
        "QDA", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "QDABenchmarks", dependencies: ["QDA", "QDAInterchange"]),
    .target(
      name: "QDATestSupport", dependencies: ["QDA", "CLibXML2"], path: "Tests/QDATestSupport"),
    .testTarget(name: "QDACoreTests", dependencies: ["QDA", "QDATestSupport"]),
    .testTarget(name: "QDAInterchangeTests", dependencies: ["QDAInterchange", "QDATestSupport"]),
    .testTarget(name: "QDAReportsTests", dependencies: ["QDAReports", "QDATestSupport"]),
    .testTarget(name: "QDAToolTests", dependencies: ["QDATool", "QDATestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)

// One loop, so that no target can be forgotten. Unknown feature names are accepted in silence:
// these six are the complete list of upcoming features that the 6.3 compiler does not yet enable.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
    .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
    .strictMemorySafety(),  // SE-0458
    .treatAllWarnings(as: .error),  // SE-0480
    .treatWarning("DeprecatedDeclaration", as: .warning),
  ]
}
