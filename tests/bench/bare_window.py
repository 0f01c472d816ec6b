"""python -m tests.bench.bare_window: the floor of a start, a window with nothing in it."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1200, 800)
    window.show()
    sys.exit(application.exec())
