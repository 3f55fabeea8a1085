package io.dorsal.functions.mail;

import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import io.dorsal.mail.MailWork;
import io.dorsal.operations.TraceContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Sends mails that wait. Harmless where several instances do it at once. */
@Component
public class MailTimers {

  private static final Logger log = LoggerFactory.getLogger(MailTimers.class);

  private final MailWork mails;

  MailTimers(MailWork mails) {
    this.mails = mails;
    if (!mails.sends()) {
      log.info("No mail is sent: DORSAL_MAIL_URL is not set");
    }
  }

  /** Every thirty seconds: sends what is due. */
  @FunctionName("SendMail")
  public void send(@TimerTrigger(name = "timer", schedule = "*/30 * * * * *") String timer) {
    try (var _ = TraceContext.start().open()) {
      mails.sendDue();
    }
  }
}
