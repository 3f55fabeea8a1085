package io.dorsal.accounts;

import io.dorsal.access.AccessSettings;
import io.dorsal.access.Caller;
import io.dorsal.access.SignInSettings;
import io.dorsal.access.TenantRole;
import io.dorsal.problem.FieldError;
import io.dorsal.problem.GeneralProblem;
import io.dorsal.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What a tenant's administrators see and settle of their tenant. Thread-safe. */
@Component
public class TenantAdministration {

  private final Tenants tenants;
  private final DataAtStake stake;
  private final SettingsInForce inForce;
  private final KnownCallers known;
  private final AccountJournal journal;
  private final AccessSettings access;
  private final SignInSettings signIn;
  private final TransactionTemplate transaction;
  private final Clock clock;

  TenantAdministration(
      Tenants tenants,
      DataAtStake stake,
      SettingsInForce inForce,
      KnownCallers known,
      AccountJournal journal,
      AccessSettings access,
      SignInSettings signIn,
      PlatformTransactionManager transactions,
      Clock clock) {
    this.tenants = tenants;
    this.stake = stake;
    this.inForce = inForce;
    this.known = known;
    this.journal = journal;
    this.access = access;
    this.signIn = signIn;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * @throws ProblemException PERMISSION_DENIED
   */
  public TenantView get(Caller caller) {
    caller.require(TenantRole.AUDITOR, "Reading the tenant");
    return TenantView.of(tenants.find(caller.tenantId()).orElseThrow(), clock.instant());
  }

  /**
   * Changes settings by JSON merge patch; null brings a default back. A shortened retention holds
   * after 24 hours; setting it back before takes it back. What is as it was changes nothing.
   *
   * @param expectedVersion the version the caller has seen
   * @param confirmed whether the caller knows that a shortened retention loses data
   * @throws ProblemException PERMISSION_DENIED, VALIDATION_FAILED (with {@code details.limits}, or
   *     {@code details.data_loss} where it is to be confirmed), STALE_VERSION
   */
  public TenantView change(Caller caller, int expectedVersion, JsonNode wanted, boolean confirmed) {
    caller.require(TenantRole.TENANT_ADMIN, "Changing the tenant's settings");
    UUID id = caller.tenantId();
    TenantView changed =
        Objects.requireNonNull(
            transaction.execute(status -> changed(caller, expectedVersion, wanted, confirmed)));
    inForce.forget(id);
    known.forget(id);
    return changed;
  }

  private TenantView changed(
      Caller caller, int expectedVersion, JsonNode wanted, boolean confirmed) {
    Instant now = clock.instant();
    Tenant tenant = tenants.hold(caller.tenantId()).orElseThrow();
    if (tenant.version() != expectedVersion) {
      throw new ProblemException(
          GeneralProblem.STALE_VERSION, "The tenant was changed since you loaded it.");
    }
    var patch = new SettingsPatch(wanted, caller.actor(), now);
    patch.validate(tenant.settled(), signIn::reaches);
    requireOtherIssuers(wanted);
    SettingsPatch.Outcome outcome = patch.apply(tenant.settled());
    if (outcome.changesNothing()) {
      return TenantView.of(tenant, now);
    }
    if (!outcome.losses().isEmpty() && !confirmed) {
      throw unconfirmed(tenant.id(), outcome.losses());
    }
    Tenant saved = tenants.save(tenant.with(tenant.displayName(), outcome.settled()));
    journal.tenant(
        "tenant.settings.changed", caller.actor(), tenant.id(), outcome.before(), outcome.after());
    return TenantView.of(saved, now);
  }

  /** What everybody's provider is trusted for needs no second word. */
  private void requireOtherIssuers(JsonNode wanted) {
    JsonNode issuers = wanted.path("identity_issuers");
    for (int i = 0; i < issuers.size(); i++) {
      String name = issuers.get(i).path("issuer").asString().replaceFirst("/$", "");
      if (name.equals(access.issuer().replaceFirst("/$", ""))) {
        var faults = new SettingRule.Faults(url -> true);
        faults.reject(
            "identity_issuers",
            "/settings/identity_issuers/" + i + "/issuer",
            "DUPLICATE",
            "This is the provider of all tenants, which is trusted already.");
        throw SettingsPatch.refusal(faults);
      }
    }
  }

  private ProblemException unconfirmed(UUID tenantId, List<SettingsPatch.Loss> losses) {
    List<DataAtStake.Amount> amounts =
        losses.stream().map(loss -> stake.of(tenantId, loss)).toList();
    DataAtStake.Amount first = amounts.getFirst();
    String message =
        "Shortening %s from %s to %s would let go of %d %s after 24 hours; confirm_data_loss must be true."
            .formatted(first.setting(), first.from(), first.to(), first.amount(), first.unit());
    return new ProblemException(
        GeneralProblem.VALIDATION_FAILED,
        message,
        Map.of(
            "fields",
            List.of(
                new FieldError(
                    "confirm_data_loss", "/confirm_data_loss", "CONFIRMATION_REQUIRED", message)),
            "data_loss",
            amounts));
  }
}
