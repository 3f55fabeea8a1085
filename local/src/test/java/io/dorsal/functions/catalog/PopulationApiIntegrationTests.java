package io.dorsal.functions.catalog;

import static io.dorsal.functions.catalog.PopulationFixture.assertRefused;
import static io.dorsal.functions.catalog.PopulationFixture.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.dorsal.functions.ApiStack;
import io.dorsal.functions.ApiStack.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 20-catalog §1.1: how populations come, are settled and go. */
@ExtendWith(ApiStack.Started.class)
@SuppressWarnings("NullAway.Init")
class PopulationApiIntegrationTests {

  private PopulationFixture people;
  private String anna;
  private String berta;

  @BeforeEach
  void people(ApiStack api) {
    people = new PopulationFixture(api);
    anna = people.token("anna");
    berta = people.token("berta");
  }

  private static String path(String id) {
    return "/populations/" + id;
  }

  @Test
  void whoeverAsksForOneAdministersItOnceItIsApproved(ApiStack api) {
    String key = UUID.randomUUID().toString();
    String wanted = body("Orcas", ",\"region\":\"Bay\"");
    Answer made = api.call("POST", "/populations", anna, wanted, "Idempotency-Key", key);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.at("/state")).isEqualTo("REQUESTED");
    assertThat(made.headers().get("location")).isEqualTo("/api/v1/populations/" + made.at("/id"));
    assertThat(made.tag()).isEqualTo("\"v0\"");
    Answer again = api.call("POST", "/populations", anna, wanted, "Idempotency-Key", key);
    assertThat(again.at("/id")).isEqualTo(made.at("/id"));
    assertRefused(
        api.call("POST", "/populations", anna, body("X", ""), "Idempotency-Key", key),
        422,
        "IDEMPOTENCY_KEY_REUSED");
    assertRefused(api.call("POST", "/populations", anna, wanted), 400, "IDEMPOTENCY_KEY_REQUIRED");

    String path = path(made.at("/id"));
    assertThat(people.role(anna, made.at("/id"))).isEmpty();
    assertThat(api.get(path, anna).at("/state")).isEqualTo("REQUESTED");
    assertRefused(api.get(path, berta), 404, "NOT_FOUND");
    assertThat(api.get("/populations", berta).body().path("items")).isEmpty();
    assertThat(api.get("/populations?state=REQUESTED", people.admin).body().path("items"))
        .hasSize(1);
    assertThat(people.noticeKinds(people.admin)).contains("POPULATION_REQUESTED");

    assertRefused(api.post(path + "/approve", people.admin, null), 428, "PRECONDITION_REQUIRED");
    assertRefused(
        api.call("POST", path + "/approve", anna, null, "If-Match", "\"v0\""),
        403,
        "PERMISSION_DENIED");
    Answer stale = api.call("POST", path + "/approve", people.admin, null, "If-Match", "\"v7\"");
    assertRefused(stale, 412, "STALE_VERSION");
    assertThat(stale.at("/details/current/name")).isEqualTo("Orcas");
    Answer approved = people.turn(path, people.admin, "approve", null);
    assertThat(approved.at("/state")).as(approved.text()).isEqualTo("ACTIVE");
    assertRefused(people.turn(path, people.admin, "approve", null), 409, "STATE_CONFLICT");

    assertThat(people.role(anna, made.at("/id"))).isEqualTo("ADMINISTRATOR");
    Answer whole = api.get(path, anna);
    assertThat(whole.at("/metric_baseline_date"))
        .isEqualTo(LocalDate.now(ZoneOffset.UTC).toString());
    assertThat(whole.at("/relation")).isEqualTo("MEMBER");
    assertThat(people.noticeKinds(anna)).contains("POPULATION_DECIDED");
    assertThat(people.noticeKinds(people.admin)).doesNotContain("POPULATION_REQUESTED");
    assertThat(people.audited(made.at("/id")))
        .containsExactlyInAnyOrder(
            "population.requested", "population.approved", "population.member_confirmed");
    assertThat(
            api.rows(
                "select name, from_state, to_state from event where subject_id = '%s' order by id"
                    .formatted(made.at("/id"))))
        .containsExactly(
            "population.requested|null|REQUESTED", "population.approved|REQUESTED|ACTIVE");
  }

  @Test
  void aRejectedOneIsSeenByItsRequesterAndFreesItsName(ApiStack api) {
    String id = api.post("/populations", anna, body("Seals", "")).at("/id");
    assertRefused(
        api.call("POST", path(id) + "/reject", anna, "{}", "If-Match", "\"v0\""),
        403,
        "PERMISSION_DENIED");
    Answer rejected = people.turn(path(id), people.admin, "reject", "{\"reason\":\"No seals.\"}");
    assertThat(rejected.at("/state")).as(rejected.text()).isEqualTo("REJECTED");
    assertThat(api.get(path(id), anna).at("/state")).isEqualTo("REJECTED");
    assertThat(people.role(anna, id)).isEmpty();
    assertRefused(api.get(path(id), berta), 404, "NOT_FOUND");
    assertThat(api.get("/populations", anna).body().path("items")).isEmpty();
    assertThat(api.get("/populations?state=REJECTED", anna).body().path("items")).hasSize(1);
    assertThat(api.get("/notices", anna).text()).contains("No seals.");
    assertRefused(people.turn(path(id), people.admin, "approve", null), 409, "STATE_CONFLICT");
    assertThat(api.post("/populations", berta, body("seals", "")).status()).isEqualTo(201);
    assertThat(people.audited(id)).contains("population.rejected");
  }

  @Test
  void aNameIsUniqueInItsTenantWhateverItsCase(ApiStack api) {
    people.active(anna, "Straße", "");
    String other = people.active(anna, "Other", "");
    // One that is only requested holds its name, and is not shown by that.
    api.post("/populations", anna, body("Hidden", ""));
    for (String name : List.of(" STRASSE ", "straße", "hidden")) {
      Answer taken = api.post("/populations", berta, body(name, ""));
      assertRefused(taken, 409, "NAME_TAKEN");
      assertThat(taken.body().path("details")).isEmpty();
      assertThat(taken.text()).doesNotContain("REQUESTED");
    }
    assertRefused(people.patch(path(other), anna, "{\"name\":\"HIDDEN\"}"), 409, "NAME_TAKEN");
    assertThat(people.patch(path(other), anna, "{\"name\":\"OTHER\"}").status()).isEqualTo(200);
    var elsewhere = new PopulationFixture(api);
    elsewhere.active(elsewhere.token("anna"), "Straße", "");
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace(ApiStack api) {
    Answer wrong =
        api.post(
            "/populations",
            anna,
            "{\"name\":\"\",\"categories\":[\"fluke\",\"F\"],\"behaviors\":[{\"name\":7}]}");
    assertRefused(wrong, 400, "VALIDATION_FAILED");
    assertThat(
            wrong.body().at("/details/fields").valueStream().map(f -> f.path("pointer").asString()))
        .containsExactlyInAnyOrder(
            "/name", "/categories/1", "/species_scientific_name", "/behaviors/0/name");
    assertRefused(
        api.post("/populations", anna, body("N", ",\"state\":\"ACTIVE\"")),
        400,
        "VALIDATION_FAILED");
    // Operators are no users of a tenant.
    assertRefused(
        api.post("/populations", api.token(people.tenant, "OPERATOR"), body("N", "")),
        403,
        "PERMISSION_DENIED");
  }

  @Test
  void settingsAreReadAndChangedByAdministratorsOfThePopulationOnly(ApiStack api) {
    String id = people.active(anna, "Belugas", ",\"encounter_limit\":9");
    String change = "{\"encounter_limit\":10}";
    for (String role : List.of("VIEWER", "EXPERT", "PROFESSIONAL")) {
      String token = people.member(id, anna, "is-" + role.toLowerCase(Locale.ROOT), role);
      Answer card = api.get(path(id), token);
      assertThat(card.at("/role")).isEqualTo(role);
      assertThat(card.at("/name")).isEqualTo("Belugas");
      assertThat(card.body().path("encounter_limit").isNull()).as(card.text()).isTrue();
      assertThat(card.body().path("join_policy").isNull()).isTrue();
      assertRefused(people.patch(path(id), token, change), 403, "PERMISSION_DENIED");
      assertRefused(people.turn(path(id), token, "archive", null), 403, "PERMISSION_DENIED");
    }
    // The tenant's administrator is none of the population.
    Answer card = api.get(path(id), people.admin);
    assertThat(card.body().path("join_policy").isNull()).isTrue();
    Answer denied = people.patch(path(id), people.admin, change);
    assertRefused(denied, 403, "PERMISSION_DENIED");
    assertThat(denied.at("/details/required_role")).isEqualTo("ADMINISTRATOR");
    assertRefused(people.turn(path(id), people.admin, "archive", null), 403, "PERMISSION_DENIED");
    // Somebody who administers another one is nobody here.
    people.active(berta, "Others", "");
    assertRefused(people.patch(path(id), berta, change), 403, "PERMISSION_DENIED");

    assertThat(api.get(path(id), anna).at("/encounter_limit")).isEqualTo("9");
    assertRefused(api.call("PATCH", path(id), anna, change), 428, "PRECONDITION_REQUIRED");
    String tag = api.get(path(id), anna).tag();
    Answer changed = people.patch(path(id), anna, change);
    assertThat(changed.at("/encounter_limit")).as(changed.text()).isEqualTo("10");
    Answer stale = api.call("PATCH", path(id), anna, change, "If-Match", tag);
    assertRefused(stale, 412, "STALE_VERSION");
    assertThat(stale.at("/details/current/encounter_limit")).isEqualTo("10");
    assertThat(
            api.rows(
                "select before->>'encounter_limit', after->>'encounter_limit' from audit_entry"
                    + " where resource_id = '%s' and action = 'population.changed'".formatted(id)))
        .containsExactly("9|10");
    // What changes nothing leaves no trace.
    assertThat(people.patch(path(id), anna, change).tag()).isEqualTo(changed.tag());
  }

  @Test
  void everyFieldIsStoredAndAnswered(ApiStack api) {
    String all =
        """
        ,"abbreviation":"NRKW","species_common_name":"Killer whale","region":"Bay",
        "time_zone":"America/Vancouver","join_policy":"OPEN","identifier_pattern":"[A-Z][0-9]{1,4}",
        "categories":["fluke","nick-2"],"encounter_limit":7,"sync_enabled":false,
        "auto_tagging":true,"can_suggest_new_individuals":false,"direct_upload":false,
        "auto_confirm_threshold":0.77,"corroboration_threshold":0.31,"metric_sample_threshold":11,
        "metric_baseline_date":"2020-02-29","export_location_precision":"KM_100",
        "download_original_min_role":"EXPERT"}
        """;
    String id = people.active(anna, "All", all.strip().replaceFirst("}$", ""));
    Answer whole = api.get(path(id), anna);
    var wanted = tools.jackson.databind.json.JsonMapper.shared().readTree("{" + all.substring(1));
    wanted.forEachEntry(
        (name, value) ->
            assertThat(whole.body().path(name).toString()).as(name).isEqualTo(value.toString()));
    Answer bare =
        people.patch(path(id), anna, "{\"region\":null,\"join_policy\":null,\"categories\":null}");
    assertThat(bare.body().path("region").isNull()).isTrue();
    assertThat(bare.at("/join_policy")).isEqualTo("REQUEST");
    assertThat(bare.at("/categories/0")).isEqualTo("dorsal-fin");
    assertThat(bare.at("/abbreviation")).isEqualTo("NRKW");
  }

  @Test
  void whatIsNotInAVocabularyAnyMoreIsRetiredAndComesBack(ApiStack api) {
    String id = people.active(anna, "Terms", ",\"behaviors\":[{\"name\":\"A\"},{\"name\":\"B\"}]");
    Answer first = api.get(path(id), anna);
    String a = first.at("/behaviors/0/id");
    String b = first.at("/behaviors/1/id");
    Answer retired = people.patch(path(id), anna, "{\"behaviors\":[{\"name\":\"B\"}]}");
    assertThat(retired.at("/behaviors/0/id")).as(retired.text()).isEqualTo(b);
    assertThat(retired.at("/behaviors/1/id")).isEqualTo(a);
    assertThat(retired.at("/behaviors/1/retired")).isEqualTo("true");
    Answer back =
        people.patch(path(id), anna, "{\"behaviors\":[{\"name\":\"B\"},{\"name\":\"a\"}]}");
    assertThat(back.at("/behaviors/1/id")).as(back.text()).isEqualTo(a);
    assertThat(back.at("/behaviors/1/retired")).isEqualTo("false");
    Answer swapped =
        people.patch(
            path(id),
            anna,
            "{\"behaviors\":[{\"id\":\"%s\",\"name\":\"B\"},{\"id\":\"%s\",\"name\":\"A\"}]}"
                .formatted(a, b));
    assertThat(swapped.at("/behaviors/0/id")).as(swapped.text()).isEqualTo(a);
    assertThat(swapped.at("/behaviors/0/name")).isEqualTo("B");
    // Its name goes to a new entry while it gets another one.
    Answer split =
        people.patch(
            path(id),
            anna,
            "{\"behaviors\":[{\"id\":\"%s\",\"name\":\"C\"},{\"name\":\"B\"}]}".formatted(a));
    assertThat(split.at("/behaviors/1/id")).as(split.text()).isNotIn(a, b);
    Answer unknown =
        people.patch(
            path(id),
            anna,
            "{\"behaviors\":[{\"id\":\"%s\",\"name\":\"Z\"}]}".formatted(UUID.randomUUID()));
    assertRefused(unknown, 400, "VALIDATION_FAILED");
    assertThat(unknown.at("/details/fields/0/pointer")).isEqualTo("/behaviors/0/id");
    // A retired one keeps its name.
    assertRefused(
        people.patch(
            path(id), anna, "{\"behaviors\":[{\"id\":\"%s\",\"name\":\"A\"}]}".formatted(a)),
        400,
        "VALIDATION_FAILED");
  }

  @Test
  void anArchivedOneIsReadableForItsMembersAndNothingChanges(ApiStack api) {
    String id = people.active(anna, "Old", ",\"join_policy\":\"OPEN\"");
    String viewer = people.token("viewer");
    people.join(id, viewer);
    String viewerId = people.id(viewer);
    Answer archived = people.turn(path(id), anna, "archive", null);
    assertThat(archived.at("/state")).as(archived.text()).isEqualTo("ARCHIVED");
    assertRefused(people.turn(path(id), anna, "archive", null), 409, "STATE_CONFLICT");
    assertThat(api.get(path(id), viewer).at("/state")).isEqualTo("ARCHIVED");
    assertThat(api.get(path(id), anna).at("/join_policy")).isEqualTo("OPEN");
    assertRefused(api.get(path(id), berta), 404, "NOT_FOUND");
    assertRefused(people.join(id, berta), 404, "NOT_FOUND");

    String archivedCode = "POPULATION_ARCHIVED";
    assertRefused(people.patch(path(id), anna, "{\"region\":\"R\"}"), 409, archivedCode);
    assertRefused(people.join(id, people.admin), 409, archivedCode);
    String invitation = "{\"first_name\":\"A\",\"last_name\":\"B\",\"email\":\"a@b.example\"}";
    assertRefused(api.post(path(id) + "/members", anna, invitation), 409, archivedCode);
    String member = path(id) + "/members/" + viewerId;
    assertRefused(people.patch(member, anna, "{\"role\":\"EXPERT\"}"), 409, archivedCode);
    assertRefused(people.turn(member, anna, "confirm", null), 409, archivedCode);
    assertRefused(people.delete(member, anna), 409, archivedCode);
    String request = path(id) + "/join-requests/" + UUID.randomUUID();
    for (String action : List.of("approve", "reject")) {
      assertRefused(
          api.call("POST", request + "/" + action, anna, "{}", "If-Match", "\"v0\""),
          409,
          archivedCode);
    }
    // People may go.
    assertThat(api.post(path(id) + "/leave", viewer, null).status()).isEqualTo(204);

    assertRefused(people.turn(path(id), people.admin, "restore", null), 403, "PERMISSION_DENIED");
    Answer restored = people.turn(path(id), anna, "restore", null);
    assertThat(restored.at("/state")).as(restored.text()).isEqualTo("ACTIVE");
    assertThat(people.patch(path(id), anna, "{\"region\":\"R\"}").status()).isEqualTo(200);
    assertThat(people.audited(id)).contains("population.archived", "population.restored");
  }

  @Test
  void anArchivedOneGoesWhenItsNameIsTyped(ApiStack api) {
    String id = people.active(anna, "Gone", "");
    String typed = "{\"name\":\"Gone\"}";
    assertRefused(people.turn(path(id), people.admin, "delete", typed), 409, "STATE_CONFLICT");
    people.turn(path(id), anna, "archive", null);
    assertRefused(people.turn(path(id), anna, "delete", typed), 403, "PERMISSION_DENIED");
    assertRefused(
        people.turn(path(id), people.admin, "delete", "{\"name\":\"gone\"}"),
        400,
        "VALIDATION_FAILED");
    assertRefused(people.turn(path(id), people.admin, "delete", "{}"), 400, "VALIDATION_FAILED");
    Answer deleted = people.turn(path(id), people.admin, "delete", typed);
    assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
    assertRefused(api.get(path(id), anna), 404, "NOT_FOUND");
    assertRefused(api.get(path(id), people.admin), 404, "NOT_FOUND");
    assertThat(people.role(anna, id)).isEmpty();
    people.active(berta, "Gone", "");
    assertThat(people.audited(id)).contains("population.deleted");
  }

  @Test
  void cardsAreFoundByTextPageByPageWithTheirRelation(ApiStack api) {
    String open = people.active(anna, "Orca North", ",\"join_policy\":\"OPEN\"");
    String ask = people.active(anna, "Orca South", ",\"abbreviation\":\"SRKW\"");
    people.active(anna, "Whales", ",\"region\":\"Antarctic Sea\"");
    people.join(ask, berta);
    Answer first = api.get("/populations?limit=2", berta);
    assertThat(first.at("/items/0/id")).isEqualTo(open);
    assertThat(first.at("/items/0/relation")).isEqualTo("OPEN_TO_JOIN");
    assertThat(first.at("/items/1/relation")).isEqualTo("REQUEST_PENDING");
    Answer second = api.get("/populations?limit=2&cursor=" + first.at("/next_cursor"), berta);
    assertThat(second.body().path("items")).hasSize(1);
    assertThat(second.at("/items/0/relation")).isEqualTo("REQUEST_TO_JOIN");
    assertThat(second.body().path("next_cursor").isNull()).isTrue();
    assertThat(api.get("/populations", anna).at("/items/0/relation")).isEqualTo("MEMBER");
    for (String found : List.of("q=srkw", "q=South", "q=orca%20s")) {
      Answer hits = api.get("/populations?" + found, berta);
      assertThat(hits.at("/items/0/id")).as(found).isEqualTo(ask);
    }
    assertThat(api.get("/populations?q=ANTARCTIC", berta).body().path("items")).hasSize(1);
    assertThat(api.get("/populations?q=orcinus", berta).body().path("items")).hasSize(3);
    assertThat(api.get("/populations?q=none", berta).body().path("items")).isEmpty();
    assertRefused(api.get("/populations?state=GONE", berta), 400, "VALIDATION_FAILED");
  }

  @Test
  void anotherTenantsPopulationIsNotThere(ApiStack api) {
    String id = people.active(anna, "Ours", ",\"join_policy\":\"OPEN\"");
    var others = new PopulationFixture(api);
    String theirs = others.token("anna");
    others.active(theirs, "Theirs", "");
    assertThat(api.get("/populations", theirs).body().path("items")).hasSize(1);
    for (String token : List.of(theirs, others.admin)) {
      assertRefused(api.get(path(id), token), 404, "NOT_FOUND");
      assertRefused(api.get(path(id) + "/members", token), 404, "NOT_FOUND");
      assertRefused(people.patch(path(id), token, "{}"), 404, "NOT_FOUND");
      assertRefused(others.join(id, token), 404, "NOT_FOUND");
      assertRefused(api.post(path(id) + "/leave", token, null), 404, "NOT_FOUND");
    }
    assertRefused(api.post(path(id) + "/add-myself", others.admin, null), 404, "NOT_FOUND");
    assertRefused(others.turn(path(id), others.admin, "delete", "{}"), 404, "NOT_FOUND");
  }
}
