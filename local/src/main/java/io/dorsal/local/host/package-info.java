/**
 * A stand-in for the Azure Functions host: loads the packaged functions app as the Java worker does
 * and feeds it HTTP requests, Service Bus messages, timers and Event Grid deliveries.
 */
@NullMarked
package io.dorsal.local.host;

import org.jspecify.annotations.NullMarked;
