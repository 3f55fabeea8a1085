package io.dorsal.local.operator;

import io.dorsal.local.api.Api;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which containers a credential opens right now. */
@Command(name = "containers", description = "Lists the containers as the account has them now.")
final class ConnectionContainersCommand implements Callable<Integer> {

  private static final Columns CONTAINERS = Columns.of("name");

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private Call call;

  @Parameters(paramLabel = "CONNECTION", description = ConnectionsCommand.CONNECTION)
  private String connection = "";

  @Mixin private Paging paging = new Paging();

  @Override
  public Integer call() throws InterruptedException {
    try (Api api = call.api()) {
      String id = new Lookup(api).connection(connection).id();
      String path = "/connections/" + id + "/containers";
      paging.list(api, call.screen(), path, Paging.RECORDS, CONTAINERS);
      return ExitCodes.DONE;
    }
  }
}
