import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.channels.Channels;
import org.rapaio.jupyter.kernel.channels.LoopThread;
import org.rapaio.jupyter.kernel.core.ConnectionProperties;
import org.rapaio.jupyter.kernel.core.Transform;

/**
 * Starts rapaio-jupyter-kernel 3.0.1 with our LoopThread, else as its MainApp does; but that sets
 * java.util.logging to FINEST, which Spark's code generation does not survive.
 */
public final class StartKernel {
  private StartKernel() {}

  /** Takes Jupyter's connection file. */
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    ConnectionProperties connection =
        Transform.fromJson(Files.readString(Path.of(args[0])), ConnectionProperties.class);
    Channels channels = new Channels(connection);
    channels.connect(MainApp.kernel);
    LoopThread.kernelIsConnected();
    channels.joinUntilClose();
  }
}
