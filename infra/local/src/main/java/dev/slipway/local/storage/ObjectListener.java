package dev.slipway.local.storage;

/**
 * Is told of every change to an object, after it was committed.
 *
 * <p>Each change is handed over on a thread of the scheduler's, never on the one that answers the
 * client: a listener may be slow or throw (it is logged) without harm to the upload. Changes may
 * arrive out of order, as Google's do. Nothing is kept for a listener: a change whose listener was
 * not reached because the process ended is lost, so a consumer that must miss nothing also looks at
 * the bucket now and then.
 */
@FunctionalInterface
public interface ObjectListener {

  void on(ObjectChange change);
}
