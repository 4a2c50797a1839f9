package dev.slipway.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Finding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class PreflightTest {

  private static List<Finding> warnings(Sample crate) {
    return Sample.good(crate.check()).warnings();
  }

  private static Sample main(String code) {
    return Sample.crate().with("src/main.rs", "fn main() {\n" + code + "\n}\n");
  }

  @TestFactory
  Stream<DynamicTest> whatCloudRunCannotReachIsWarnedOf() {
    Map<String, String> programs = new TreeMap<>();
    programs.put("let l = TcpListener::bind(\"127.0.0.1:3000\").await;", "binds-loopback");
    programs.put("HttpServer::new(f).bind((\"localhost\", 8080))?;", "binds-loopback");
    programs.put("let a = SocketAddr::from(([127, 0, 0, 1], 3000));", "binds-loopback");
    programs.put("warp::serve(routes).run(([127, 0, 0, 1], 3030)).await;", "binds-loopback");
    programs.put("let a = SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 80);", "binds-loopback");
    programs.put(
        "let a = \"[::1]:50051\".parse()?;\nServer::builder().serve(a);", "binds-loopback");
    programs.put("TcpListener::bind(\"0.0.0.0:3000\");", "fixed-port");
    programs.put("TcpListener::bind((\"0.0.0.0\", 3000));", "fixed-port");
    programs.put("let a = SocketAddr::from(([0, 0, 0, 0], 3000));", "fixed-port");
    programs.put("TcpStream::connect(\"127.0.0.1:6379\");", "");
    programs.put("let db = \"postgres://localhost/db\"; bind(x);", "");
    programs.put("// TcpListener::bind(\"127.0.0.1:3000\")", "");
    programs.put("/* /* */ bind(\"127.0.0.1:3000\") */", "");
    programs.put("let s = r#\"bind(\"127.0.0.1:3000\")\"#; let c = '\"';", "");
    programs.put("let allowed = [\"localhost\"];", "");
    programs.put("bind(\"0.0.0.0:0\");", "");
    programs.put("bind(\"0.0.0.0:80\"); env::var(\"PORT\");", "");
    return programs.entrySet().stream()
        .map(
            program ->
                DynamicTest.dynamicTest(
                    program.getKey(),
                    () ->
                        assertThat(warnings(main(program.getKey())))
                            .extracting(Finding::rule)
                            .containsExactlyElementsOf(
                                program.getValue().isEmpty()
                                    ? List.of()
                                    : List.of(program.getValue()))));
  }

  @Test
  void theWarningNamesFileAndLine() {
    List<Finding> warnings = warnings(main("\n\nTcpListener::bind(\"127.0.0.1:1\");"));

    assertThat(warnings)
        .singleElement()
        .extracting(f -> f.entry().orElse(""))
        .isEqualTo("src/main.rs:4");
  }

  @Test
  void testsExamplesAndVendoredPackagesAreNotRead() {
    String bind = "fn f() { TcpListener::bind(\"127.0.0.1:1\"); }\n";

    assertThat(
            warnings(
                Sample.crate()
                    .with("tests/a.rs", bind)
                    .with("examples/a.rs", bind)
                    .with("benches/a.rs", bind)
                    .with("third/x/.cargo-checksum.json", "{}")
                    .with("third/x/src/lib.rs", bind)
                    .with("src/net.rs", "#[cfg(test)]\nmod tests {\n" + bind + "}\n")
                    .with("src/more.rs", "#[tokio::test]\nasync " + bind)))
        .isEmpty();
  }
}
